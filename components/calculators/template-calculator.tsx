"use client";

import { useState } from "react";
import type { BasisPoints } from "@/lib/money/accrual";
import { dollarsExact, dollarsFloored, percentText } from "@/lib/money/format";
import { simulateTemplate } from "@/lib/programs/simulate";
import { Calculator } from "./calculator";
import { typedCount, typedDollars, typedHours } from "./typed";
import { TypedField } from "./typed-field";

interface TemplateCalculatorProps {
  royalty: BasisPoints;
  /** The runtime still missing to the gate. */
  gateMs: bigint;
  title?: string;
  /** What the fields begin with. */
  start?: { users: string; price: string; hours: string };
}

/** What a template earns its creator in a week, by the functions that price usage and accrue royalties. */
export function TemplateCalculator({
  royalty,
  gateMs,
  title = "What a template earns",
  start,
}: TemplateCalculatorProps) {
  const [users, setUsers] = useState(start?.users ?? "20");
  const [price, setPrice] = useState(start?.price ?? "0.54");
  const [hours, setHours] = useState(start?.hours ?? "168");
  const fields = { users: typedCount(users), price: typedDollars(price), hours: typedHours(hours) };
  const week =
    fields.users.ok && fields.price.ok && fields.hours.ok
      ? simulateTemplate({
          users: fields.users.value,
          durationMs: fields.hours.value,
          price: fields.price.value,
          royalty,
        })
      : null;
  return (
    <Calculator
      title={title}
      result={week ? dollarsFloored(week.royalty) : "–"}
      note={week ? noteOf(week, { royalty, gateMs }) : "Correct the field above to see it."}
    >
      <TypedField label="People who run it" name="users" value={users} onType={setUsers} typed={fields.users} />
      <div className="grid gap-3 sm:grid-cols-2">
        <TypedField
          label="Price, an hour"
          name="price"
          isDollars
          value={price}
          onType={setPrice}
          typed={fields.price}
        />
        <TypedField
          label="Hours, each a week"
          name="hours"
          isDecimal
          value={hours}
          onType={setHours}
          typed={fields.hours}
        />
      </div>
    </Calculator>
  );
}

function noteOf(
  week: NonNullable<ReturnType<typeof simulateTemplate>>,
  { royalty, gateMs }: { royalty: BasisPoints; gateMs: bigint },
): string {
  const earned = `a week: ${percentText(royalty)} of ${dollarsExact(week.spend)} that others spend on it, exactly ${dollarsExact(week.royalty)}.`;
  const gate =
    week.runtimeMs >= gateMs ? "Its gate is met within the week." : "It stays pending until the gate is met.";
  return `${earned} ${gate}`;
}
