import "server-only";
import { connection } from "next/server";
import { db } from "@/db/client";
import { amountText, quantityText } from "@/lib/money/format";
import type { Nanos } from "@/lib/money/nanos";
import type { AccountKey } from "./account-key";

/** Which of an account's usage: whole UTC days up to today, all of it or what has one name. */
export interface UsageWanted {
  days: number;
  by: "service" | "sku" | "resource" | "template";
  /** Empty for usage that names none; null for all. */
  name: string | null;
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

const NAMES_MAX = 200;
const DAY_MS = 86_400_000;
/** Usage may be dated up to an hour ahead. */
const AHEAD_MS = 3_600_000;

function period(days: number): { before: string; from: string; to: string } {
  const now = Date.now();
  const from = Math.floor(now / DAY_MS) * DAY_MS - (days - 1) * DAY_MS;
  const instant = (ms: number) => new Date(ms).toISOString();
  return { before: instant(from - days * DAY_MS), from: instant(from), to: instant(now + AHEAD_MS) };
}

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
 * @returns the 200 names with most, and the totals of all
 */
export async function usageByName(
  { lane, id }: AccountKey,
  { days, by, name }: UsageWanted,
): Promise<{ names: NamedUsage[]; totals: UsageTotals }> {
  await connection();
  const sql = db().$client;
  const { before, from, to } = period(days);
  const now = sql`e.ended_at >= ${from}`;
  const rows = await sql<(NamedRow & { all_charge: string; all_before: string; all_events: string })[]>`
    select n.*, sum(n.charge) over () as all_charge, sum(n.before) over () as all_before,
           sum(n.events) over () as all_events
      from (select coalesce(e.${sql(by)}, '') as name, count(*) filter (where ${now}) as events,
                   sum(e.duration_ms) filter (where ${now}) as duration_ms,
                   coalesce(sum(e.charge) filter (where ${now}), 0) as charge,
                   coalesce(sum(e.charge) filter (where not ${now}), 0) as before,
                   sum(e.promo) filter (where ${now}) as promo, sum(e.earned) filter (where ${now}) as earned,
                   sum(e.market) filter (where ${now}) as market, sum(e.paid) filter (where ${now}) as paid
              from usage_events e
             where e.lane = ${lane} and e.account_id = ${id} and e.voids_seq is null
               and e.ended_at >= ${before} and e.ended_at < ${to}
               and ${name === null ? sql`true` : sql`coalesce(e.${sql(by)}, '') = ${name}`}
               and not exists (select from usage_events v
                                where v.lane = e.lane and v.account_id = e.account_id and v.voids_seq = e.seq)
             group by 1) n
     order by n.charge desc, n.before desc, n.name collate "C" limit ${NAMES_MAX}`;
  const [first] = rows;
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
      charged: dollars(first?.all_charge ?? null),
      before: dollars(first?.all_before ?? null),
      events: Number(first?.all_events ?? 0),
    },
  };
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
  wanted: UsageWanted,
  { below, limit }: { below: bigint | null; limit: number },
) {
  const sql = db().$client;
  const { from, to } = period(wanted.days);
  return sql<IntervalRow[]>`
    select e.seq, (extract(epoch from e.ended_at) * 1000)::bigint as ended_ms, e.source, e.id, e.service, e.sku,
           e.resource, e.template, e.duration_ms, e.quantity_milli, e.charge, e.promo, e.earned, e.market, e.paid
      from usage_events e
     where e.lane = ${lane} and e.account_id = ${id} and e.voids_seq is null
       and e.ended_at >= ${from} and e.ended_at < ${to}
       and ${wanted.name === null ? sql`true` : sql`coalesce(e.${sql(wanted.by)}, '') = ${wanted.name}`}
       and ${below === null ? sql`true` : sql`e.seq < ${String(below)}`}
       and not exists (select from usage_events v
                        where v.lane = e.lane and v.account_id = e.account_id and v.voids_seq = e.seq)
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
