import type { Sql, TransactionSql } from "postgres";
import type { Nanos } from "@/lib/money/nanos";
import type { Provenance, Service } from "@/lib/programs/account";

/** What of a pair's usage on one UTC day earns commission, for one service. */
export interface PairDay {
  /** "2026-11-22" */
  day: string;
  service: Service;
  base: Nanos;
}

export interface PairToRead {
  lane: number;
  referredId: string;
  windowStart: Date;
  /** End excluded; null where there is none. */
  windowEnd: Date | null;
  provenance: Provenance;
}

/**
 * What a pair's commission is the rates of, by day and service, oldest first: what `wallets.base_…` sums. Each event
 * counts on its own day, usage from before the sign-up on the day of the sign-up. Money covers the line from the front,
 * so the last `arrears` of what was drawn from *paid* do not count. Walks all of the account's events: for one pair
 * that somebody looks at, and for what is computed once a week.
 */
export async function pairDays(raw: Sql | TransactionSql, pair: PairToRead): Promise<PairDay[]> {
  const { lane, referredId, provenance } = pair;
  const windowStart = pair.windowStart.toISOString();
  const windowEnd = pair.windowEnd?.toISOString() ?? null;
  const rows = await raw<{ day: string; service: Service; base: string }[]>`
    select to_char(ended at time zone 'UTC', 'YYYY-MM-DD') as day, service,
           sum(case when ${provenance === "any"} then charge
                    else paid - least(paid, greatest(0, arrears - behind)) end)::bigint as base
      from (select e.service, e.charge, e.paid, greatest(e.ended_at, ${windowStart}::timestamptz) as ended,
                   greatest(0, -w.paid_net) as arrears,
                   sum(e.paid) over (order by e.seq desc) - e.paid as behind
              from usage_events e
              join wallets w on w.lane = e.lane and w.account_id = e.account_id
             where e.lane = ${lane} and e.account_id = ${referredId} and e.voids_seq is null
               and not exists (select from usage_events v where v.lane = e.lane and v.account_id = e.account_id
                                  and v.voids_seq = e.seq)) line
     where ${windowEnd}::timestamptz is null or ended < ${windowEnd}
     group by 1, 2
     order by 1, 2`;
  return rows.flatMap(({ day, service, base }) =>
    base === "0" ? [] : [{ day, service, base: BigInt(base) as Nanos }],
  );
}
