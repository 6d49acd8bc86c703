/** A signed amount in nano-dollars, asset scale 9. $1 is 1,000,000,000. */
export type Nanos = bigint & { readonly __unit: "nanos" };

/** The bounds of the 64-bit column an amount is kept in. */
const INT64_MIN = -(2n ** 63n);
const INT64_MAX = 2n ** 63n - 1n;

/** Whether `value` fits the 64-bit column an amount is kept in. */
export const fitsNanos = (value: bigint): boolean => value >= INT64_MIN && value <= INT64_MAX;

/**
 * `value` nano-dollars as an amount.
 * @throws RangeError beyond 64 bits (about $9.2 billion): a bug, for every amount that comes in is bounded far below.
 */
export function nanos(value: bigint): Nanos {
  if (!fitsNanos(value)) throw new RangeError(`${value} nano-dollars do not fit 64 bits`);
  return value as Nanos;
}

export const ZERO: Nanos = nanos(0n);
export const NANOS_PER_DOLLAR: Nanos = nanos(1_000_000_000n);
export const NANOS_PER_CENT: Nanos = nanos(10_000_000n);

/** The most one deposit may be: $10,000,000. */
export const MAX_DEPOSIT: Nanos = nanos(10_000_000n * NANOS_PER_DOLLAR);

/**
 * The most any running total of one account may reach: $4,000,000,000. What would pass it is refused, so that sums and
 * differences of two totals still fit 64 bits.
 */
export const BOOKS_MAX: Nanos = nanos(4_000_000_000n * NANOS_PER_DOLLAR);

/** @throws RangeError when the total does not fit 64 bits. */
export function sum(amounts: Iterable<Nanos>): Nanos {
  let total = 0n;
  for (const amount of amounts) total += amount;
  return nanos(total);
}

export const minNanos = (a: Nanos, b: Nanos): Nanos => (a < b ? a : b);
export const maxNanos = (a: Nanos, b: Nanos): Nanos => (a > b ? a : b);
