"use client";

import { useState } from "react";
import { Select } from "@/components/ui/select";
import { dollarsExact } from "@/lib/money/format";
import { eachUnit, type PriceUnit, runtimeFor, runtimeText } from "@/lib/programs/pricing";
import { Calculator } from "./calculator";
import { typedDollars } from "./typed";
import { TypedField } from "./typed-field";

export interface PricedGpu {
  sku: string;
  /** Dollars for one unit of time. */
  price: string;
  unit: PriceUnit;
  /** Not of the rate card: it says so. */
  isExample?: boolean;
}

const OTHER = "";

/** How long an amount runs one GPU, by the function that prices usage. */
export function RuntimeCalculator({ gpus, amount }: { gpus: readonly PricedGpu[]; amount: string }) {
  const [typed, setTyped] = useState(amount);
  const [sku, setSku] = useState(gpus[0]?.sku ?? OTHER);
  const [typedPrice, setTypedPrice] = useState(gpus.find(({ unit }) => unit === "hour")?.price ?? "0.34");
  const gpu = gpus.find((each) => each.sku === sku);
  const budget = typedDollars(typed);
  const price = typedDollars(gpu?.price ?? typedPrice);
  const unit = gpu?.unit ?? "hour";
  const lasts = budget.ok && price.ok ? runtimeFor({ price: price.value, unit, budget: budget.value }) : undefined;
  const choices = [
    ...gpus.map((each) => ({ value: each.sku, label: labelOf(each) })),
    { value: OTHER, label: "Another price" },
  ];
  return (
    <Calculator
      title="How far it goes"
      result={lasts === undefined ? "–" : lasts === null ? "for ever" : runtimeText(lasts)}
      note={
        budget.ok && price.ok
          ? `of one GPU at ${dollarsExact(price.value)} ${eachUnit[unit]}, for ${dollarsExact(budget.value)}, to the second.`
          : "Correct the field above to see it."
      }
    >
      <TypedField label="You spend" name="amount" isDollars value={typed} onType={setTyped} typed={budget} />
      {gpus.length > 0 && (
        <Select label="On" name="sku" choices={choices} value={sku} onChange={(event) => setSku(event.target.value)} />
      )}
      {!gpu && (
        <TypedField
          label="At, an hour"
          name="price"
          isDollars
          value={typedPrice}
          onType={setTypedPrice}
          typed={price}
        />
      )}
    </Calculator>
  );
}

const labelOf = ({ sku, price, unit, isExample }: PricedGpu): string =>
  `${isExample ? "Example: " : ""}${sku}, $${price} ${eachUnit[unit]}`;
