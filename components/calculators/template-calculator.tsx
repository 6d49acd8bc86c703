"use client";

import { useState } from "react";
import { Field } from "@/components/ui/field";
import type { BasisPoints } from "@/lib/money/accrual";
import { dollarsExact, dollarsFloored, percentText } from "@/lib/money/format";
import { simulateTemplate } from "@/lib/programs/simulate";
import { Calculator } from "./calculator";
import { typedCount, typedDollars } from "./typed";

const WEEK_HOURS = 168n;

/** What a template earns its creator in a week, by the functions that price usage and accrue royalties. */
export function TemplateCalculator({ royalty, gateMs }: { royalty: BasisPoints; gateMs: bigint }) {
  const [users, setUsers] = useState("20");
  const [price, setPrice] = useState("0.54");
  const [hours, setHours] = useState("168");
  const fields = { users: typedCount(users), price: typedDollars(price), hours: hoursOf(hours) };
  const week =
    fields.users.ok && fields.price.ok && fields.hours.ok
      ? simulateTemplate({
          users: fields.users.value,
          hours: fields.hours.value,
          price: fields.price.value,
          royalty,
        })
      : null;
  return (
    <Calculator
      title="What a template earns"
      result={week ? dollarsFloored(week.royalty) : "–"}
      note={week ? noteOf(week, { royalty, gateMs }) : "Correct the field above to see it."}
    >
      <Field
        label="People who run it"
        name="users"
        inputMode="numeric"
        autoComplete="off"
        value={users}
        onChange={(event) => setUsers(event.target.value)}
        error={fields.users.ok ? undefined : fields.users.message}
      />
      <div className="grid gap-3 sm:grid-cols-2">
        <Field
          label="Price, an hour"
          name="price"
          prefix="$"
          inputMode="decimal"
          autoComplete="off"
          value={price}
          onChange={(event) => setPrice(event.target.value)}
          error={fields.price.ok ? undefined : fields.price.message}
        />
        <Field
          label="Hours, each a week"
          name="hours"
          inputMode="numeric"
          autoComplete="off"
          value={hours}
          onChange={(event) => setHours(event.target.value)}
          error={fields.hours.ok ? undefined : fields.hours.message}
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

function hoursOf(text: string) {
  const typed = typedCount(text);
  if (!typed.ok || typed.value <= WEEK_HOURS) return typed;
  return { ok: false as const, message: "A week has 168 hours." };
}
