import type { TransactionSql } from "postgres";
import type { Nanos } from "@/lib/money/nanos";
import type { Ending } from "@/lib/programs/lapses";
import type { AccountRef } from "./wallet";

/** Credit of an account that has an end, as it is written. */
export interface WrittenEnding extends Ending {
  expiresAt: Date;
  /** How often some of it expired. */
  times: number;
}

interface EndingRow {
  seq: string;
  bucket: "promo" | "earned";
  reward_id: string | null;
  reward_left: string;
  expires_ms: string;
  times: number;
}

/**
 * An account's credit that has an end and was not found to be all gone yet, by its end.
 * @param before only what ends then or earlier; null for all of it
 */
export async function openEndings(
  raw: TransactionSql,
  account: AccountRef,
  before: Date | null,
): Promise<WrittenEnding[]> {
  const rows = await raw<EndingRow[]>`
    select x.seq, x.bucket, x.reward_id, (extract(epoch from x.expires_at) * 1000)::bigint as expires_ms, x.times,
           case when r.posted then r.amount - r.expired else 0 end as reward_left
      from credit_expiries x
      left join rewards r on r.lane = x.lane and r.account_id = x.account_id and r.id = x.reward_id
     where x.lane = ${account.lane} and x.account_id = ${account.id} and x.open
       and x.expires_at <= coalesce(${before?.toISOString() ?? null}::timestamptz, 'infinity')
     order by x.expires_at, x.seq`;
  return rows.map(({ seq, bucket, reward_id, reward_left, expires_ms, times }) => ({
    seq: BigInt(seq),
    bucket,
    reward: reward_id === null ? null : { id: reward_id, left: BigInt(reward_left) as Nanos },
    expiresAt: new Date(Number(expires_ms)),
    times,
  }));
}
