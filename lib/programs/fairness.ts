import { ODDS_WEIGHT_TOTAL, type Odds } from "./odds";

/**
 * The chi-square value that fair draws exceed once in a thousand times, by degrees of freedom from 1 to 15 (odds have
 * at most sixteen tiers). Upper 0.1 % quantiles of the distribution, NIST/SEMATECH e-Handbook 1.3.6.7.4.
 */
const LIMITS = [
  10.828, 13.816, 16.266, 18.467, 20.515, 22.458, 24.322, 26.124, 27.877, 29.588, 31.264, 32.909, 34.528, 36.123,
  37.697,
];

/** Below so many expected draws in a tier the distribution only roughly holds. */
const EXPECTED_MIN = 5;

export interface Fairness {
  draws: number;
  /** By tier, in the order of the odds. */
  tiers: { drawn: number; expected: number }[];
  chiSquare: number;
  degrees: number;
  /** Fair draws stay at or below it 999 times in 1,000; null for odds of one tier, which cannot deviate. */
  limit: number | null;
  within: boolean;
  /** Whether every tier expects at least five draws; with fewer, one rare bonus can exceed the limit by itself. */
  enough: boolean;
}

/**
 * Compares draws counted by tier with what the odds promise.
 * @param drawn one count per tier, in the order of the odds
 * @throws RangeError when there is not one count for each tier
 */
export function fairness(odds: Odds, drawn: readonly number[]): Fairness {
  if (drawn.length !== odds.tiers.length) {
    throw new RangeError(`${drawn.length} counts for ${odds.tiers.length} tiers`);
  }
  const draws = drawn.reduce((sum, count) => sum + count, 0);
  const tiers = odds.tiers.map(([weight], index) => ({
    drawn: drawn[index] ?? 0,
    expected: (draws * weight) / ODDS_WEIGHT_TOTAL,
  }));
  const chiSquare =
    draws === 0 ? 0 : tiers.reduce((sum, tier) => sum + (tier.drawn - tier.expected) ** 2 / tier.expected, 0);
  const degrees = tiers.length - 1;
  const limit = chiSquareLimit(degrees);
  return {
    draws,
    tiers,
    chiSquare,
    degrees,
    limit,
    within: limit === null || chiSquare <= limit,
    enough: tiers.every((tier) => tier.expected >= EXPECTED_MIN),
  };
}

/** The 0.1 % limit of chi-square; null without degrees of freedom or with more than fifteen. */
export const chiSquareLimit = (degrees: number): number | null => LIMITS[degrees - 1] ?? null;
