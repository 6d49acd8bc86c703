import { NANOS_PER_DOLLAR, type Nanos, nanos } from "@/lib/money/nanos";

/** What a price is for. A GB-month has 30 days. */
export type PriceUnit = "hour" | "second" | "gb-month";

/** What a price is for, as it follows one: "$0.34 an hour". */
export const eachUnit: Record<PriceUnit, string> = {
  second: "a second",
  hour: "an hour",
  "gb-month": "for a GB and 30 days",
};

/** Milliseconds in one unit. */
export const UNIT_MS: Record<PriceUnit, bigint> = {
  second: 1_000n,
  hour: 3_600_000n,
  "gb-month": 30n * 86_400_000n,
};

/** The most one event may cost: $1,000,000. */
export const CHARGE_MAX: Nanos = nanos(1_000_000n * NANOS_PER_DOLLAR);

/**
 * What one metered interval costs: quantity × duration × price ÷ unit, in wide integers, rounded once, half up, to a
 * nano-dollar. A function of this event alone, so that neither batching nor order can change it.
 * @param usage price per unit; duration in milliseconds and quantity in thousandths, neither negative
 * @returns null when it is above {@link CHARGE_MAX}, which no event may cost
 */
export function chargeFor(usage: {
  price: Nanos;
  unit: PriceUnit;
  durationMs: bigint;
  quantityMilli: bigint;
}): Nanos | null {
  const divisor = 1_000n * UNIT_MS[usage.unit];
  const product = usage.quantityMilli * usage.durationMs * usage.price;
  const charge = (2n * product + divisor) / (2n * divisor);
  return charge > CHARGE_MAX ? null : nanos(charge);
}

/**
 * How long a budget lasts for one GPU (or GB) at a price.
 * @returns milliseconds, cut to whole seconds; null when the price is zero and it lasts for ever
 */
export function runtimeFor(plan: { price: Nanos; unit: PriceUnit; budget: Nanos }): bigint | null {
  if (plan.price === 0n) return null;
  const seconds = (plan.budget * UNIT_MS[plan.unit]) / (plan.price * 1_000n);
  return seconds * 1_000n;
}

/** A duration for a screen, from hours down to the seconds it has: "29 h 24 min 42 s", "168 h", "0 s". */
export function runtimeText(durationMs: bigint): string {
  const seconds = durationMs / 1_000n;
  const parts: [bigint, string][] = [
    [seconds / 3_600n, "h"],
    [(seconds / 60n) % 60n, "min"],
    [seconds % 60n, "s"],
  ];
  const shown = parts.filter(([count]) => count > 0n).map(([count, unit]) => `${count} ${unit}`);
  return shown.length > 0 ? shown.join(" ") : "0 s";
}
