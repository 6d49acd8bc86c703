import { type Nanos, nanos } from "./nanos";

/** What a program owes, exact, in 1e-13 dollars (nano-dollars × basis points). May pass 64 bits: kept as numeric(38,0). */
export type Accrual = bigint & { readonly __unit: "1e-13 dollars" };

/** A rate in hundredths of a percent: 3 % is 300. */
export type BasisPoints = bigint & { readonly __unit: "basis points" };

/** 100 % */
export const BASIS_POINTS_MAX = 10_000n;

/** 1e-13 dollars in one nano-dollar. */
const ACCRUALS_PER_NANO = 10_000n;

/** The bound of the numeric(38,0) column an accrual is kept in. */
const ACCRUAL_LIMIT = 10n ** 38n;

/** @throws RangeError beyond 38 digits. */
export function accrual(value: bigint): Accrual {
  if (value <= -ACCRUAL_LIMIT || value >= ACCRUAL_LIMIT) throw new RangeError(`Accrual ${value} has over 38 digits`);
  return value as Accrual;
}

export const ZERO_ACCRUAL: Accrual = accrual(0n);

/** @throws RangeError outside 0–10,000, and for a number that is not whole. */
export function basisPoints(value: bigint | number): BasisPoints {
  const rate = BigInt(value);
  if (rate < 0n || rate > BASIS_POINTS_MAX) throw new RangeError(`${rate} basis points are not between 0 and 10,000`);
  return rate as BasisPoints;
}

/** What `rate` of `base` is, exactly. */
export const accrue = (base: Nanos, rate: BasisPoints): Accrual => accrual(base * rate);

/** @throws RangeError beyond 38 digits. */
export function sumAccruals(accruals: Iterable<Accrual>): Accrual {
  let total = 0n;
  for (const each of accruals) total += each;
  return accrual(total);
}

/**
 * The whole nano-dollars in an accrual, rounded down (below zero: away from it). The only rounding of rewards;
 * the sweep alone may call it to post money, once per beneficiary and program, and the remainder stays accrued.
 * @throws RangeError when the result does not fit 64 bits.
 */
export function floorToNanos(exact: Accrual): Nanos {
  const quotient = exact / ACCRUALS_PER_NANO;
  return nanos(exact % ACCRUALS_PER_NANO < 0n ? quotient - 1n : quotient);
}
