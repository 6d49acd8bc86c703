import type { Sql, TransactionSql } from "postgres";
import type { Db } from "@/db/client";
import type { AccountRef } from "@/lib/ledger/wallet";
import type { PairReview } from "@/lib/programs/bonus-state";

/** Of a referral `r`, as a part of a statement: the review that holds it, or that refused it. */
export const pairReviewOf = (raw: Sql | TransactionSql) => raw`
  select v.reason, v.decision_reason from reviews v
   where v.kind = 'pair' and v.subject_id = r.id and v.state <> 'released'
   order by v.state = 'refused' desc, v.opened_at limit 1`;

/** The review that the pair an account came by is in, or that refused it; null where there is none. */
export async function pairReview(
  db: Db,
  { lane, id }: AccountRef,
): Promise<(PairReview & { said: string | null }) | null> {
  const raw = db.$client;
  const [row] = await raw<(PairReview & { said: string | null })[]>`
    select r.hold as state, found.reason, found.decision_reason as said from referrals r
      left join lateral (${pairReviewOf(raw)}) found on true
     where r.lane = ${lane} and r.referred_id = ${id} and r.hold is not null`;
  return row ?? null;
}
