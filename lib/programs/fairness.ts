import { ODDS_WEIGHT_TOTAL, type Odds } from "./odds";

/**
 * The chi-square value that fair draws exceed once in a thousand times, by degrees of freedom from 1 to 15 (odds have
 * at most sixteen tiers). Upper 0.1 % quantiles of the distribution, NIST/SEMATECH e-Handbook 1.3.6.7.4.
 */
const LIMITS = [
  10.828, 13.816, 16.266, 18.467, 20.515, 22.458, 24.322, 26.124, 27.877, 29.588, 31.264, 32.909, 34.528, 36.123,
  37.697,
];

/** Below so many expected draws the distribution only roughly holds: such tiers are counted together. */
const EXPECTED_MIN = 5;

/** Tiers that are compared as one. */
export interface TierGroup {
  /** Counted from 1, as the odds are listed. */
  tiers: number[];
  drawn: number;
  expected: number;
}

export interface Fairness {
  draws: number;
  /** By tier, in the order of the odds. */
  tiers: { drawn: number; expected: number }[];
  /** What chi-square is taken over: every group expects at least five draws, unless there is only one. */
  groups: TierGroup[];
  chiSquare: number;
  degrees: number;
  /** Fair draws stay at or below it 999 times in 1,000; null with a single group, which cannot deviate. */
  limit: number | null;
  within: boolean;
}

/**
 * Compares draws counted by tier with what the odds promise. Tiers in which fewer than five draws are expected are
 * counted together, and with the next rarest one while even together they expect fewer.
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
  const groups = groupsOf(tiers);
  const deviates = groups.length > 1;
  const chiSquare = deviates
    ? groups.reduce((sum, group) => sum + (group.drawn - group.expected) ** 2 / group.expected, 0)
    : 0;
  const degrees = groups.length - 1;
  const limit = chiSquareLimit(degrees);
  return { draws, tiers, groups, chiSquare, degrees, limit, within: limit === null || chiSquare <= limit };
}

/** In the order of the odds, by the first tier of each. */
function groupsOf(tiers: readonly { drawn: number; expected: number }[]): TierGroup[] {
  const alone = tiers.map((tier, index) => ({ tiers: [index + 1], ...tier })).sort((a, b) => a.expected - b.expected);
  const rare: TierGroup = { tiers: [], drawn: 0, expected: 0 };
  const groups: TierGroup[] = [];
  for (const tier of alone) {
    if (tier.expected >= EXPECTED_MIN && (rare.tiers.length === 0 || rare.expected >= EXPECTED_MIN)) groups.push(tier);
    else {
      rare.tiers.push(...tier.tiers);
      rare.drawn += tier.drawn;
      rare.expected += tier.expected;
    }
  }
  if (rare.tiers.length > 0) groups.push({ ...rare, tiers: rare.tiers.sort((a, b) => a - b) });
  return groups.sort((a, b) => (a.tiers[0] ?? 0) - (b.tiers[0] ?? 0));
}

/** The 0.1 % limit of chi-square; null without degrees of freedom or with more than fifteen. */
export const chiSquareLimit = (degrees: number): number | null => LIMITS[degrees - 1] ?? null;
