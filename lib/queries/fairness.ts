import "server-only";
import { asc, count, eq } from "drizzle-orm";
import { connection } from "next/server";
import { db } from "@/db/client";
import { beaconChains, draws, terms } from "@/db/schema/programs";
import { type Nanos, nanos } from "@/lib/money/nanos";
import { bonusOdds, bonusRegions } from "@/lib/programs/bonus-odds";
import { type Fairness, fairness } from "@/lib/programs/fairness";
import { canonicalOdds, fromCents, type Odds, oddsHash } from "@/lib/programs/odds";
import { parseTerms } from "@/lib/programs/terms";

export interface OddsRecord {
  odds: Odds;
  /** The text that is hashed. */
  canonical: string;
  hash: string;
  /** The versions of terms that draw by them: "signup-bonus 2025-01-01". */
  usedBy: string[];
  result: Fairness;
  /** The mean of what was drawn, rounded down; null before the first draw. */
  meanDrawn: Nanos | null;
}

/** Counting walks every draw ever made, so that it is done at most so often, for all readers at once. */
export const COUNTED_EVERY_MS = 15_000;

let counted: { at: number; records: Promise<OddsRecord[]> } | null = null;

/** All odds ever published, each with every draw made by it, counted by tier some seconds ago. Newest terms first. */
export async function oddsRecords(): Promise<OddsRecord[]> {
  await connection();
  const now = Date.now();
  if (counted && now - counted.at < COUNTED_EVERY_MS) return counted.records;
  const counting = { at: now, records: countDraws() };
  counted = counting;
  counting.records.catch(() => {
    if (counted === counting) counted = null;
  });
  return counting.records;
}

async function countDraws(): Promise<OddsRecord[]> {
  const versions = await db().select().from(terms).orderBy(asc(terms.effectiveFrom), asc(terms.id));
  const drawn = await db()
    .select({ termsId: draws.termsId, region: draws.region, amount: draws.amount, count: count() })
    .from(draws)
    .where(eq(draws.state, "drawn"))
    .groupBy(draws.termsId, draws.region, draws.amount);
  const records = new Map<string, { odds: Odds; usedBy: string[]; counts: number[]; total: bigint }>();
  for (const version of versions) {
    const parsed = parseTerms(version.program, version.parameters);
    if (parsed.program !== "signup-bonus" && parsed.program !== "referral") continue;
    const named = `${version.program} ${version.version}`;
    const recordOf = (region: string | null) => {
      const odds = bonusOdds(parsed.bonus, region);
      const hash = oddsHash(odds);
      const record = records.get(hash) ?? { odds, usedBy: [], counts: odds.tiers.map(() => 0), total: 0n };
      records.set(hash, record);
      if (!record.usedBy.includes(named)) record.usedBy.push(named);
      return record;
    };
    for (const region of bonusRegions(parsed.bonus)) recordOf(region);
    for (const row of drawn) {
      if (row.termsId !== version.id || row.amount === null) continue;
      const record = recordOf(row.region);
      const tier = tierOf(record.odds, row.amount);
      record.counts[tier] = (record.counts[tier] ?? 0) + row.count;
      record.total += row.amount * BigInt(row.count);
    }
  }
  return [...records]
    .map(([hash, { odds, usedBy, counts, total }]) => {
      const result = fairness(odds, counts);
      const meanDrawn = result.draws === 0 ? null : nanos(total / BigInt(result.draws));
      return { odds, canonical: canonicalOdds(odds), hash, usedBy, result, meanDrawn };
    })
    .reverse();
}

/** @throws Error for an amount outside the odds it was drawn by: a page must not hide that. */
function tierOf(odds: Odds, amount: Nanos): number {
  const tier = odds.tiers.findIndex(([, min, max]) => fromCents(min) <= amount && amount <= fromCents(max));
  if (tier < 0) throw new Error(`A draw gave ${amount} nano-dollars, which its odds do not allow`);
  return tier;
}

export interface PublishedAnchor {
  /** Lower-case hex SHA-256: the end of the chain. */
  anchor: string;
  length: number;
  /** Links already given to draws. */
  used: number;
  /** ISO 8601 */
  publishedAt: string;
}

/** The ends of the local beacon's chains, oldest first; empty where another beacon decides. */
export async function publishedAnchors(): Promise<PublishedAnchor[]> {
  await connection();
  const chains = await db().select().from(beaconChains).orderBy(asc(beaconChains.id));
  return chains.map(({ anchor, length, lastRound, createdAt }) => ({
    anchor,
    length,
    used: lastRound,
    publishedAt: createdAt.toISOString(),
  }));
}
