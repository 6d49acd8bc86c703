import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { NANOS_PER_CENT, type Nanos, nanos } from "@/lib/money/nanos";

/** A tier of bonuses: its weight in the sum of 1,000,000, and its bounds in cents, both included. */
export type OddsTier = readonly [weight: number, minCents: number, maxCents: number];

/** The odds of a draw as they are published. Within a tier every whole cent is as likely as another. */
export interface Odds {
  readonly tiers: readonly OddsTier[];
  readonly v: 1;
}

export type ParsedOdds = { ok: true; odds: Odds } | { ok: false; message: string };

export const ODDS_WEIGHT_TOTAL = 1_000_000;
const TIERS_MAX = 16;
/** $1,000,000, so that every amount the odds allow is far inside 64 bits. */
export const CENTS_MAX = 100_000_000;

/** Most get $5, 96.5 % get $10 or less, and the expected value is $6.39275. */
export const defaultOdds: Odds = {
  tiers: [
    [700_000, 500, 500],
    [265_000, 501, 1_000],
    [30_000, 1_001, 2_500],
    [4_500, 2_501, 10_000],
    [450, 10_001, 25_000],
    [50, 25_001, 50_000],
  ],
  v: 1,
};

/**
 * Reads odds from JSON: one to sixteen tiers of positive whole weights that sum to 1,000,000, in rising order of
 * cents, none overlapping, none above $1,000,000; nothing beside `tiers` and `v`.
 */
export function parseOdds(value: unknown): ParsedOdds {
  if (!isRecord(value) || value.v !== 1 || Object.keys(value).sort().join() !== "tiers,v") {
    return refuse('must be {"tiers": [[weight, minCents, maxCents], …], "v": 1}');
  }
  if (!Array.isArray(value.tiers) || value.tiers.length < 1 || value.tiers.length > TIERS_MAX) {
    return refuse(`tiers must be a list of 1 to ${TIERS_MAX}`);
  }
  const tiers: OddsTier[] = [];
  let weights = 0;
  let floor = 1;
  for (const tier of value.tiers) {
    if (!isTier(tier)) return refuse("every tier must be three whole numbers: weight, minCents, maxCents");
    const [weight, min, max] = tier;
    if (weight < 1 || weight > ODDS_WEIGHT_TOTAL) return refuse(`a weight must be between 1 and ${ODDS_WEIGHT_TOTAL}`);
    if (min < floor || max < min || max > CENTS_MAX) {
      return refuse(`cents must rise from tier to tier, between 1 and ${CENTS_MAX}, and no tier overlap another`);
    }
    weights += weight;
    floor = max + 1;
    tiers.push([weight, min, max]);
  }
  if (weights !== ODDS_WEIGHT_TOTAL) return refuse(`weights must sum to ${ODDS_WEIGHT_TOTAL}, not ${weights}`);
  return { ok: true, odds: { tiers, v: 1 } };
}

/** The text that is hashed: keys sorted, no spaces. */
export function canonicalOdds(odds: Odds): string {
  return JSON.stringify({ tiers: odds.tiers, v: odds.v });
}

/** Lower-case hex SHA-256 of the canonical text: what a draw is bound to. */
export const oddsHash = (odds: Odds): string => bytesToHex(sha256(utf8ToBytes(canonicalOdds(odds))));

/** The mean bonus, exact: half a cent ÷ 1,000,000 is five nano-dollars, so no weight or bound can make it a fraction. */
export function expectedValue(odds: Odds): Nanos {
  const doubled = odds.tiers.reduce((sum, [weight, min, max]) => sum + BigInt(weight) * BigInt(min + max), 0n);
  return nanos((doubled * NANOS_PER_CENT) / BigInt(2 * ODDS_WEIGHT_TOTAL));
}

/** Whether more than half of all draws surely lie below the mean: then the mean alone would promise too much. */
export function isMostlyBelowMean(odds: Odds): boolean {
  const mean = expectedValue(odds);
  const below = odds.tiers.filter(([, , max]) => fromCents(max) < mean);
  return below.reduce((sum, [weight]) => sum + weight, 0) * 2 > ODDS_WEIGHT_TOTAL;
}

/**
 * The standard deviation of a bonus, to a nano-dollar, rounded down: the square root of the mean square less the
 * squared mean, over whole cents.
 */
export function spread(odds: Odds): Nanos {
  const squares = (n: bigint) => (n * (n + 1n) * (2n * n + 1n)) / 6n;
  const meanSquare = odds.tiers.reduce((sum, [weight, min, max]) => {
    const cents = squares(BigInt(max)) - squares(BigInt(min) - 1n);
    return sum + (BigInt(weight) * cents * NANOS_PER_CENT ** 2n) / BigInt(ODDS_WEIGHT_TOTAL * (max - min + 1));
  }, 0n);
  return nanos(squareRoot(meanSquare - expectedValue(odds) ** 2n));
}

/** Rounded down. */
function squareRoot(value: bigint): bigint {
  if (value < 2n) return value;
  let root = BigInt(Math.floor(Math.sqrt(Number(value)))) + 2n;
  for (;;) {
    const next = (root + value / root) / 2n;
    if (next >= root) return root;
    root = next;
  }
}

/** The least and the most a draw can give; the most is what is reserved for it from the budget. */
export function oddsRange(odds: Odds): { least: Nanos; most: Nanos } {
  return {
    least: fromCents(Math.min(...odds.tiers.map(([, min]) => min))),
    most: fromCents(Math.max(...odds.tiers.map(([, , max]) => max))),
  };
}

/** How many of 1,000,000 draws give no more than `maxCents`; null where that bound cuts through a tier. */
export function weightUpTo(odds: Odds, maxCents: number): number | null {
  if (odds.tiers.some(([, min, max]) => min <= maxCents && maxCents < max)) return null;
  return odds.tiers.reduce((sum, [weight, , max]) => (max <= maxCents ? sum + weight : sum), 0);
}

export const fromCents = (cents: number): Nanos => nanos(BigInt(cents) * NANOS_PER_CENT);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isTier = (value: unknown): value is [number, number, number] =>
  Array.isArray(value) && value.length === 3 && value.every((part) => Number.isSafeInteger(part));

const refuse = (message: string): ParsedOdds => ({ ok: false, message });
