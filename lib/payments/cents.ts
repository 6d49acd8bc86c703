import { NANOS_PER_CENT, type Nanos, nanos } from "@/lib/money/nanos";

export const isWholeCents = (amount: Nanos): boolean => amount % NANOS_PER_CENT === 0n;

/**
 * The amount in cents, as card networks count it: a JSON integer.
 * @throws RangeError when the amount is not whole cents, or has more than a JSON integer holds.
 */
export function centsOf(amount: Nanos): number {
  if (!isWholeCents(amount)) throw new RangeError(`${amount} nano-dollars are not whole cents`);
  const cents = Number(amount / NANOS_PER_CENT);
  if (!Number.isSafeInteger(cents))
    throw new RangeError(`${amount} nano-dollars are too many cents for a JSON integer`);
  return cents;
}

/** @throws RangeError for what is not a whole number, or does not fit 64 bits of nano-dollars. */
export function nanosOfCents(cents: number): Nanos {
  if (!Number.isSafeInteger(cents)) throw new RangeError(`${cents} is not a whole number of cents`);
  return nanos(BigInt(cents) * NANOS_PER_CENT);
}
