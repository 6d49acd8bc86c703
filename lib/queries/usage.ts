import "server-only";
import { connection } from "next/server";
import { db } from "@/db/client";
import { hasNames, isStanding, type UsageDimension, type UsageFilters } from "@/lib/ledger/standing-usage";
import { amountText, quantityText } from "@/lib/money/format";
import { type Nanos, ZERO } from "@/lib/money/nanos";
import { services } from "@/lib/programs/account";
import { listUsage } from "@/lib/services/usage/list-usage";
import type { AccountKey } from "./account-key";

/** Which of an account's usage: what ended within a period, all of it or what has certain names. */
export interface UsageWanted {
  from: Date;
  /** End excluded. */
  to: Date;
  filters: UsageFilters;
}

/** Usage of one name in a period, and its charges in the period of the same length before. Amounts in dollars. */
export interface NamedUsage {
  /** Empty where the events named none. */
  name: string;
  events: number;
  durationMs: string;
  charged: string;
  before: string;
  /** What the charges drew from each bucket of credit. */
  parts: { promo: string; earned: string; market: string; paid: string };
}

export interface UsageTotals {
  charged: string;
  before: string;
  events: number;
  /** How many names there are. */
  names: number;
}

/** One metered interval. */
export interface UsedInterval {
  /** Number of its posting. */
  seq: string;
  /** ISO 8601, UTC: the end of the interval. */
  endedAt: string;
  source: string;
  id: string;
  service: string;
  sku: string | null;
  resource: string | null;
  template: string | null;
  durationMs: string;
  /** Of GPUs or GB, up to three decimals. */
  quantity: string;
  charged: string;
  parts: NamedUsage["parts"];
}

/** Names on one page. */
export const NAMES_MAX = 200;
interface NamedRow {
  name: string;
  events: string;
  duration_ms: string | null;
  charge: string | null;
  before: string | null;
  promo: string | null;
  earned: string | null;
  market: string | null;
  paid: string | null;
}

const dollars = (text: string | null): string => amountText(BigInt(text ?? "0") as Nanos);

/**
 * What an account was charged in a period, by what it used, most first; what was taken back left out.
 * @param before where the period it is compared with begins, which ends where this one does begin
 * @param skip how many names come before this page's
 * @returns the next 200 names, and the totals of all
 */
export async function usageByName(
  { lane, id }: AccountKey,
  { from: first, to, filters }: UsageWanted,
  { by, before, skip = 0 }: { by: UsageDimension; before: Date; skip?: number },
): Promise<{ names: NamedUsage[]; totals: UsageTotals }> {
  await connection();
  const sql = db().$client;
  const now = sql`e.ended_at >= ${first.toISOString()}`;
  const rows = await sql<
    (NamedRow & { all_charge: string; all_before: string; all_events: string; all_names: string })[]
  >`
    select n.*, sum(n.charge) over () as all_charge, sum(n.before) over () as all_before,
           sum(n.events) over () as all_events, count(*) over () as all_names
      from (select coalesce(e.${sql(by)}, '') as name, count(*) filter (where ${now}) as events,
                   sum(e.duration_ms) filter (where ${now}) as duration_ms,
                   coalesce(sum(e.charge) filter (where ${now}), 0) as charge,
                   coalesce(sum(e.charge) filter (where not ${now}), 0) as before,
                   sum(e.promo) filter (where ${now}) as promo, sum(e.earned) filter (where ${now}) as earned,
                   sum(e.market) filter (where ${now}) as market, sum(e.paid) filter (where ${now}) as paid
              from usage_events e
             where e.lane = ${lane} and e.account_id = ${id} and ${isStanding(sql)}
               and e.ended_at >= ${before.toISOString()} and e.ended_at < ${to.toISOString()}
               and ${hasNames(sql, filters)}
             group by 1) n
     order by n.charge desc, n.before desc, n.name collate "C" limit ${NAMES_MAX} offset ${skip}`;
  const [top] = rows;
  return {
    names: rows.map((row) => ({
      name: row.name,
      events: Number(row.events),
      durationMs: row.duration_ms ?? "0",
      charged: dollars(row.charge),
      before: dollars(row.before),
      parts: {
        promo: dollars(row.promo),
        earned: dollars(row.earned),
        market: dollars(row.market),
        paid: dollars(row.paid),
      },
    })),
    totals: {
      charged: dollars(top?.all_charge ?? null),
      before: dollars(top?.all_before ?? null),
      events: Number(top?.all_events ?? 0),
      names: Number(top?.all_names ?? 0),
    },
  };
}

/** Charges of one bucket of time, exact decimal dollars. */
export interface UsageOfTime {
  /** ISO 8601: the bucket's beginning, UTC. */
  start: string;
  pod: string;
  serverless: string;
  storage: string;
  events: number;
}

/** What an account was charged in each of the buckets of time given, by service, those without charges included. */
export async function usageOverTime(
  account: AccountKey,
  wanted: UsageWanted,
  { bucket, starts }: { bucket: "hour" | "day" | "week" | "month"; starts: readonly string[] },
): Promise<UsageOfTime[]> {
  await connection();
  const rows = await listUsage(db(), account, {
    ...wanted,
    bucket,
    by: "service",
    limit: (starts.length + 1) * services.length,
    after: null,
  });
  const found = new Map<string, typeof rows>();
  for (const row of rows) {
    // The first bucket of a period may have begun before it.
    const own = row.start < wanted.from ? starts[0] : row.start.toISOString();
    if (own !== undefined) found.set(own, [...(found.get(own) ?? []), row]);
  }
  return starts.map((start) => {
    const here = found.get(start) ?? [];
    const charged = (service: string) => amountText(here.find(({ name }) => name === service)?.charged ?? ZERO);
    return {
      start,
      pod: charged("pod"),
      serverless: charged("serverless"),
      storage: charged("storage"),
      events: here.reduce((total, { events }) => total + events, 0),
    };
  });
}

interface IntervalRow {
  seq: string;
  ended_ms: string;
  source: string;
  id: string;
  service: string;
  sku: string | null;
  resource: string | null;
  template: string | null;
  duration_ms: string;
  quantity_milli: string;
  charge: string;
  promo: string;
  earned: string;
  market: string;
  paid: string;
}

/** The statement for an account's intervals, the latest posting first. */
function intervals(
  { lane, id }: AccountKey,
  { from, to, filters }: UsageWanted,
  { below, limit }: { below: bigint | null; limit: number },
) {
  const sql = db().$client;
  return sql<IntervalRow[]>`
    select e.seq, (extract(epoch from e.ended_at) * 1000)::bigint as ended_ms, e.source, e.id, e.service, e.sku,
           e.resource, e.template, e.duration_ms, e.quantity_milli, e.charge, e.promo, e.earned, e.market, e.paid
      from usage_events e
     where e.lane = ${lane} and e.account_id = ${id} and ${isStanding(sql)}
       and e.ended_at >= ${from.toISOString()} and e.ended_at < ${to.toISOString()}
       and ${hasNames(sql, filters)}
       and ${below === null ? sql`true` : sql`e.seq < ${String(below)}`}
     order by e.seq desc limit ${limit}`;
}

const intervalOf = (row: IntervalRow): UsedInterval => ({
  seq: row.seq,
  endedAt: new Date(Number(row.ended_ms)).toISOString(),
  source: row.source,
  id: row.id,
  service: row.service,
  sku: row.sku,
  resource: row.resource,
  template: row.template,
  durationMs: row.duration_ms,
  quantity: quantityText(BigInt(row.quantity_milli)),
  charged: dollars(row.charge),
  parts: {
    promo: dollars(row.promo),
    earned: dollars(row.earned),
    market: dollars(row.market),
    paid: dollars(row.paid),
  },
});

/**
 * A page of an account's intervals, the latest posting first.
 * @param below the number of the posting the page before ended with
 */
export async function usagePage(
  account: AccountKey,
  wanted: UsageWanted,
  { below, size }: { below: bigint | null; size: number },
): Promise<UsagePage> {
  await connection();
  return readPage(account, wanted, { below, size });
}

interface UsagePage {
  intervals: UsedInterval[];
  /** The number to go on below; null at the end. */
  next: string | null;
}

async function readPage(
  account: AccountKey,
  wanted: UsageWanted,
  { below, size }: { below: bigint | null; size: number },
): Promise<UsagePage> {
  const rows = await intervals(account, wanted, { below, limit: size + 1 });
  const shown = rows.slice(0, size).map(intervalOf);
  return { intervals: shown, next: rows.length > size ? (shown.at(-1)?.seq ?? null) : null };
}

const ROWS_AT_ONCE = 1_000;

/**
 * All of an account's intervals in a period, some at a time: memory does not grow with their number, and who is slow to
 * take them holds no connection meanwhile. Runs while an answer is sent, where there is no request to wait for any more.
 */
export async function* everyInterval(account: AccountKey, wanted: UsageWanted): AsyncGenerator<UsedInterval[]> {
  let below: bigint | null = null;
  do {
    const page: UsagePage = await readPage(account, wanted, { below, size: ROWS_AT_ONCE });
    if (page.intervals.length > 0) yield page.intervals;
    below = page.next === null ? null : BigInt(page.next);
  } while (below !== null);
}
