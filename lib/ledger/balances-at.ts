import type { TransactionSql } from "postgres";
import type { Db } from "@/db/client";
import { type Nanos, nanos } from "@/lib/money/nanos";
import { balanceChange, type Code, isCode } from "./chart";
import type { AccountRef } from "./wallet";

/** What the accounts of the chart hold; one that is absent holds nothing. */
export type Balances = ReadonlyMap<Code, Nanos>;

type Sql = Db["$client"] | TransactionSql;

/**
 * The number of the last posting before an instant: where the longest beginning of the books ends in which everything
 * was posted earlier. The order of posting decides, so the books are cut at the same place by whatever asks. 0 where
 * nothing came before.
 */
export async function lastSeqBefore(sql: Sql, account: AccountRef, at: Date): Promise<bigint> {
  const [found] = await lastSeqsBefore(sql, account, [at]);
  return found ?? 0n;
}

/** The same for several instants, in their order. Reads from the last mark before each to the first entry after it. */
export async function lastSeqsBefore(sql: Sql, { lane, id }: AccountRef, instants: readonly Date[]): Promise<bigint[]> {
  const rows = await sql<{ seq: string }[]>`
    select coalesce(least(e.seq, p.seq) - 1, w.seq) as seq
      from unnest(${instants.map((at) => at.toISOString())}::text[]) with ordinality t (at, no)
      join wallets w on w.lane = ${lane} and w.account_id = ${id}
      cross join lateral (
        select coalesce((select seq from balance_marks
                          where lane = ${lane} and account_id = ${id} and through < t.at::timestamptz
                          order by seq desc limit 1), 0) as seq) mark
      left join lateral (
        select seq from usage_events
         where lane = ${lane} and account_id = ${id} and seq > mark.seq and posted_at >= t.at::timestamptz
         order by seq limit 1) e on true
      left join lateral (
        select seq from postings
         where lane = ${lane} and account_id = ${id} and seq > mark.seq and at >= t.at::timestamptz
         order by seq limit 1) p on true
     order by t.no`;
  return rows.map(({ seq }) => BigInt(seq));
}

/** When the first posting came; null where there is none. An event that cost nothing counts, though it has no entries. */
export async function firstPostedAt(sql: Sql, { lane, id }: AccountRef): Promise<Date | null> {
  const [first] = await sql<{ at_ms: string | null }[]>`
    select (extract(epoch from coalesce(
             (select at from postings where lane = ${lane} and account_id = ${id} and seq = 1),
             (select posted_at from usage_events where lane = ${lane} and account_id = ${id} and seq = 1)
           )) * 1000)::bigint as at_ms`;
  return first?.at_ms ? new Date(Number(first.at_ms)) : null;
}

interface SegmentRow {
  seq: string;
  /** Where the entries summed here begin: behind the nearest mark, or behind the posting asked for before this one. */
  after_mark: boolean;
  mark: Record<string, string> | string | null;
  /** Net credits by code, in nano-dollars as text. */
  moves: Record<string, string> | string | null;
}

/**
 * What every account of the chart held right after each of some postings, from the ledger: the nearest mark before it
 * and the entries since, or what was found for the one before and the entries between.
 * @param seqs numbers of postings there are; 0 stands for the time before the first
 */
export async function balancesAfter(
  sql: Sql,
  { lane, id }: AccountRef,
  seqs: readonly bigint[],
): Promise<ReadonlyMap<bigint, Balances>> {
  const rows = await sql<SegmentRow[]>`
    with wanted as materialized (
      select w.seq, coalesce(m.seq, 0) as mark_seq, m.balances, lag(w.seq, 1, 0::bigint) over (order by w.seq) as before
        from (select distinct unnest(${seqs.map(String)}::bigint[]) as seq) w
        left join lateral (
          select seq, balances from balance_marks
           where lane = ${lane} and account_id = ${id} and balance_marks.seq <= w.seq
           order by balance_marks.seq desc limit 1) m on true)
    select w.seq, w.mark_seq > w.before as after_mark, case when w.mark_seq > w.before then w.balances end as mark,
           (select jsonb_object_agg(code, net::text) from (
              select e.code, sum(case e.direction when 'credit' then e.amount else -e.amount end) as net
                from ledger_entries e
               where e.lane = ${lane} and e.account_id = ${id}
                 and e.seq > greatest(w.mark_seq, w.before) and e.seq <= w.seq
               group by e.code) s) as moves
      from wanted w order by w.seq`;
  const found = new Map<bigint, Balances>();
  let balances = new Map<Code, Nanos>();
  for (const row of rows) {
    balances = new Map(row.after_mark ? amountsOf(row.mark) : balances);
    for (const [code, net] of amountsOf(row.moves)) {
      balances.set(code, nanos((balances.get(code) ?? 0n) + balanceChange(code, "credit", net)));
    }
    found.set(BigInt(row.seq), balances);
  }
  return found;
}

function amountsOf(value: Record<string, string> | string | null): [Code, Nanos][] {
  const texts: Record<string, string> = typeof value === "string" ? JSON.parse(value) : (value ?? {});
  return Object.entries(texts).flatMap(([code, text]) => (isCode(code) ? [[code, nanos(BigInt(text))]] : []));
}
