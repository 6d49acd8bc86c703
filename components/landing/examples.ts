import type { PricedGpu } from "@/components/calculators/runtime-calculator";
import type { Nanos } from "@/lib/money/nanos";
import { parseAmount } from "@/lib/money/parse";
import { runtimeFor } from "@/lib/programs/pricing";

/** A community-cloud price at the time of writing. The rate card is what counts: on screens this is called an example. */
const example = { sku: "RTX 4090", price: "0.34", unit: "hour", isExample: true } as const satisfies PricedGpu;

/**
 * What a visitor may reckon with, at least one: the pods of the rate card as they are, but first of all one that costs
 * what the example does, on which $10 last the well-known 29 h 24 min. The example itself only where no pod has a price.
 */
export function gpusToReckonWith(prices: readonly PricedGpu[]): readonly [PricedGpu, ...PricedGpu[]] {
  const wellKnown = prices.find(({ price, unit }) => price === example.price && unit === example.unit);
  const [first = example, ...others] = wellKnown ? [wellKnown, ...prices.filter((each) => each !== wellKnown)] : prices;
  return [first, ...others];
}

/** What one GPU costs, and how long a budget runs it, in milliseconds; null where it is free. */
export function runtimeOn({ price, unit }: PricedGpu, budget: Nanos): { price: Nanos; durationMs: bigint } | null {
  const parsed = parseAmount(price);
  if (!parsed.ok) throw new Error(`${price} is no price: it ${parsed.message}`);
  const durationMs = runtimeFor({ price: parsed.nanos, unit, budget });
  return durationMs === null ? null : { price: parsed.nanos, durationMs };
}
