import { dollarsExact, dollarsFloored } from "@/lib/money/format";
import { NANOS_PER_DOLLAR, nanos } from "@/lib/money/nanos";

export interface MoneyText {
  /** Whole cents, what is smaller cut off: "$18.14". */
  floored: string;
  /** Every digit: "$18.144". */
  exact: string;
}

/** Decimal dollars as `amountText` (nine digits) and `accrualText` (thirteen) write them. */
const DECIMAL = /^(-?)([0-9]{1,10})(?:\.([0-9]{1,13}))?$/;

/**
 * Both ways an exact decimal amount is shown.
 * @throws RangeError for what is no amount of ours: a bug, never input.
 */
export function moneyText(amount: string): MoneyText {
  const match = DECIMAL.exec(amount);
  if (match === null) throw new RangeError(`"${amount}" is not an exact amount of dollars`);
  const [, sign = "", whole = "0", fraction = ""] = match;
  const toNano = BigInt(sign + whole + fraction.slice(0, 9).padEnd(9, "0"));
  const floored = dollarsFloored(nanos(toNano));
  if (fraction.length <= 9) return { floored, exact: dollarsExact(nanos(toNano)) };
  const wholeText = dollarsExact(nanos(BigInt(whole) * NANOS_PER_DOLLAR)).slice(0, -"00".length);
  return { floored, exact: `${sign === "-" ? "−" : ""}${wholeText}${fraction}` };
}
