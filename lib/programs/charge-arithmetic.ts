import { type Nanos, nanos } from "@/lib/money/nanos";
import { type PriceUnit, UNIT_MS } from "./pricing";

/** What an interval costs before it is rounded to a nano-dollar. */
export interface ExactCharge {
  /** Dollars, up to eighteen digits after the point; the rest is cut off where `isWhole` is false. */
  dollars: string;
  isWhole: boolean;
  /** Rounded once, half up. */
  rounded: Nanos;
}

const DIGITS_MAX = 18;

/**
 * Quantity × duration × price ÷ unit, written out: the arithmetic behind `chargeFor`, for a person to follow.
 * @param usage price per unit; duration in milliseconds and quantity in thousandths, neither negative
 */
export function exactCharge(usage: {
  price: Nanos;
  unit: PriceUnit;
  durationMs: bigint;
  quantityMilli: bigint;
}): ExactCharge {
  const product = usage.quantityMilli * usage.durationMs * usage.price;
  const perNano = 1_000n * UNIT_MS[usage.unit];
  const scaled = product * 10n ** BigInt(DIGITS_MAX - 9);
  const digits = (scaled / perNano).toString().padStart(DIGITS_MAX + 1, "0");
  const fraction = digits.slice(-DIGITS_MAX).replace(/0+$/, "");
  return {
    dollars: fraction === "" ? digits.slice(0, -DIGITS_MAX) : `${digits.slice(0, -DIGITS_MAX)}.${fraction}`,
    isWhole: scaled % perNano === 0n,
    rounded: nanos((2n * product + perNano) / (2n * perNano)),
  };
}
