import type { Db } from "@/db/client";
import { hasNames, isStanding, type UsageDimension, type UsageFilters } from "@/lib/ledger/standing-usage";
import type { AccountRef } from "@/lib/ledger/wallet";
import type { Nanos } from "@/lib/money/nanos";

export const usageBuckets = ["hour", "day", "month"] as const;
export type UsageBucket = (typeof usageBuckets)[number];

export interface UsageWanted {
  /** Usage that ended at or after it, … */
  from: Date;
  /** … and before it. */
  to: Date;
  /** Weeks begin on Mondays. */
  bucket: UsageBucket | "week";
  /** Of these names alone; all when absent. */
  filters?: UsageFilters;
  by: UsageDimension;
  limit: number;
  /** The last bucket and name of the page before. */
  after: { start: Date; name: string } | null;
}

/** The charges of one bucket of time and one name, what was taken back left out. */
export interface UsageOfBucket {
  /** The bucket's beginning, UTC. */
  start: Date;
  /** The service, sku, resource or template; empty where the events named none. */
  name: string;
  events: number;
  durationMs: bigint;
  charged: Nanos;
  /** What the charge drew from each bucket of credit. */
  parts: { promo: Nanos; earned: Nanos; market: Nanos; paid: Nanos };
}

interface Row {
  start_ms: string;
  name: string;
  events: string;
  duration_ms: string;
  charge: string;
  promo: string;
  earned: string;
  market: string;
  paid: string;
}

/**
 * An account's charges by time and name, the oldest bucket first. An event belongs whole to the bucket its interval
 * ended in; one that was taken back is not counted, and neither is what took it back.
 */
export async function listUsage(db: Db, { lane, id }: AccountRef, wanted: UsageWanted): Promise<UsageOfBucket[]> {
  const { from, to, bucket, filters = {}, by, limit, after } = wanted;
  const sql = db.$client;
  const start = sql`date_trunc(${bucket}, e.ended_at at time zone 'UTC') at time zone 'UTC'`;
  const name = sql`coalesce(e.${sql(by)}, '') collate "C"`;
  const rows = await sql<Row[]>`
    select (extract(epoch from b.start) * 1000)::bigint as start_ms, b.name, count(*) as events,
           sum(b.duration_ms) as duration_ms, sum(b.charge) as charge, sum(b.promo) as promo, sum(b.earned) as earned,
           sum(b.market) as market, sum(b.paid) as paid
      from (select ${start} as start, ${name} as name, e.duration_ms, e.charge, e.promo, e.earned, e.market, e.paid
              from usage_events e
             where e.lane = ${lane} and e.account_id = ${id} and ${isStanding(sql)}
               and e.ended_at >= ${from.toISOString()} and e.ended_at < ${to.toISOString()}
               and ${hasNames(sql, filters)}) b
     where ${after === null ? sql`true` : sql`(b.start, b.name) > (${after.start.toISOString()}::timestamptz, ${after.name} collate "C")`}
     group by b.start, b.name
     order by b.start, b.name
     limit ${limit}`;
  return rows.map((row) => ({
    start: new Date(Number(row.start_ms)),
    name: row.name,
    events: Number(row.events),
    durationMs: BigInt(row.duration_ms),
    charged: BigInt(row.charge) as Nanos,
    parts: {
      promo: BigInt(row.promo) as Nanos,
      earned: BigInt(row.earned) as Nanos,
      market: BigInt(row.market) as Nanos,
      paid: BigInt(row.paid) as Nanos,
    },
  }));
}
