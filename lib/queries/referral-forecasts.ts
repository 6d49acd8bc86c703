import "server-only";
import { and, desc, eq, gt, inArray, isNotNull, sql } from "drizzle-orm";
import { connection } from "next/server";
import { db } from "@/db/client";
import { referralForecasts } from "@/db/schema/programs";
import { accrual } from "@/lib/money/accrual";
import { accrualText } from "@/lib/money/format";
import type { AccountKey } from "./account-key";

/** What a pair is thought to earn by the end of its window, what it has by then included. Exact decimal dollars. */
export interface ForecastView {
  /** ISO 8601 */
  madeAt: string;
  low: string;
  middle: string;
  high: string;
}

/** With what came of it; null until its window is over. */
export interface PastForecast extends ForecastView {
  outcome: string | null;
}

const text = (exact: bigint): string => accrualText(accrual(exact));

const view = (row: { madeAt: Date; low: bigint; middle: bigint; high: bigint }): ForecastView => ({
  madeAt: row.madeAt.toISOString(),
  low: text(row.low),
  middle: text(row.middle),
  high: text(row.high),
});

/** The latest forecasts of those of a referrer's pairs that have one and still earn, by their ids. */
export async function latestForecasts(account: AccountKey, ids: readonly string[]): Promise<Map<string, ForecastView>> {
  await connection();
  if (ids.length === 0) return new Map();
  const { referralId, referrerId, week, windowEnd } = referralForecasts;
  const rows = await db()
    .selectDistinctOn([referralId])
    .from(referralForecasts)
    .where(and(eq(referrerId, account.id), inArray(referralId, [...ids]), gt(windowEnd, new Date())))
    .orderBy(referralId, desc(week));
  return new Map(rows.map((row) => [row.referralId, view(row)]));
}

/** Every forecast of one pair of a referrer's, newest first. */
export async function forecastsOf(account: AccountKey, id: string): Promise<PastForecast[]> {
  await connection();
  const rows = await db()
    .select()
    .from(referralForecasts)
    .where(and(eq(referralForecasts.referrerId, account.id), eq(referralForecasts.referralId, id)))
    .orderBy(desc(referralForecasts.week));
  return rows.map((row) => ({
    ...view(row),
    outcome: row.outcome === null ? null : text(row.outcome),
  }));
}

/** How forecasts compare with what came. */
export interface ForecastScore {
  windows: number;
  forecasts: number;
  /** Forecasts whose range held what came. */
  inRange: number;
  /** Half of them were off by no more than this, exact decimal dollars. */
  offBy: string;
}

/** Of a referrer's windows that ended; null while there are none. */
export async function forecastScore(account: AccountKey): Promise<ForecastScore | null> {
  await connection();
  const { low, middle, high, outcome, referralId, referrerId } = referralForecasts;
  const [row] = await db()
    .select({
      windows: sql<number>`count(distinct ${referralId})`.mapWith(Number),
      forecasts: sql<number>`count(*)`.mapWith(Number),
      inRange: sql<number>`count(*) filter (where ${outcome} between ${low} and ${high})`.mapWith(Number),
      offBy: sql<string | null>`(percentile_disc(0.5) within group (order by abs(${middle} - ${outcome})))::text`,
    })
    .from(referralForecasts)
    .where(and(eq(referrerId, account.id), isNotNull(outcome)));
  if (!row || row.offBy === null) return null;
  return { ...row, offBy: text(BigInt(row.offBy)) };
}
