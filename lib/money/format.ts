import type { Accrual, BasisPoints } from "./accrual";
import { NANOS_PER_CENT, type Nanos } from "./nanos";

/** The exact amount in dollars as the machine API writes it: up to nine decimals, no trailing zeros, "10", "-0.34". */
export const amountText = (amount: Nanos): string => decimalText(amount, 9);

/** The exact accrual in dollars: up to thirteen decimals, no trailing zeros. */
export const accrualText = (accrual: Accrual): string => decimalText(accrual, 13);

/**
 * For a screen: whole cents, what is smaller cut off towards zero, so that nobody is shown more than they own:
 * $18.144 is "$18.14", -$0.019 is "−$0.01". Less than a cent has no sign.
 */
export function dollarsFloored(amount: Nanos): string {
  const cents = amount / NANOS_PER_CENT;
  const digits = magnitude(cents).toString().padStart(3, "0");
  return `${cents < 0n ? MINUS : ""}$${grouped(digits.slice(0, -2))}.${digits.slice(-2)}`;
}

/** For a screen: the whole figure, at least two decimals and at most nine: "$1,814.40", "$18.144". */
export function dollarsExact(amount: Nanos): string {
  const [whole = "0", fraction = ""] = decimalText(magnitude(amount), 9).split(".");
  return `${amount < 0n ? MINUS : ""}$${grouped(whole)}.${fraction.padEnd(2, "0")}`;
}

/** Thousandths as a plain number: "8", "1.5". */
export const quantityText = (milli: bigint): string => decimalText(milli, 3);

/** "3%", "0.25%": a rate in basis points, exactly. */
export const percentText = (rate: BasisPoints): string => `${Number(rate) / 100}%`;

/** The typographic minus: read aloud as "minus", where a hyphen often is not. */
const MINUS = "−";

const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);

const grouped = (digits: string): string => digits.replace(/\B(?=(?:\d{3})+$)/g, ",");

function decimalText(value: bigint, scale: number): string {
  const digits = magnitude(value)
    .toString()
    .padStart(scale + 1, "0");
  const whole = digits.slice(0, -scale);
  const fraction = digits.slice(-scale).replace(/0+$/, "");
  return `${value < 0n ? "-" : ""}${whole}${fraction === "" ? "" : `.${fraction}`}`;
}
