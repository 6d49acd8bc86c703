import type { TransactionSql } from "postgres";
import { v7 as timeOrderedId } from "uuid";
import { holdPair } from "@/lib/ledger/hold-pair";
import type { LockedWallet } from "@/lib/ledger/wallet";
import type { Suspicion } from "@/lib/programs/suspicion";

/** A referrer and a referred account that may be one person, by the referred's side. */
export interface Pair {
  id: string;
  lane: number;
  referredId: string;
  referrerId: string;
}

/**
 * Holds a pair whose referred account's wallet is locked, once for each reason, and opens its review. Its bonuses that
 * have no round yet are judged again, so that they are held with it.
 */
export async function openPairReview(
  raw: TransactionSql,
  { pair, wallet, reason, at }: { pair: Pair; wallet: LockedWallet; reason: Suspicion; at: Date },
): Promise<void> {
  const { id, lane, referredId, referrerId } = pair;
  const opened = await raw`
    insert into reviews (id, kind, subject_id, subject_lane, lane, account_id, reason, other_id, state, opened_at)
    values (${timeOrderedId()}, 'pair', ${id}, ${lane}, ${lane}, ${referredId}, ${reason}, ${referrerId}, 'open',
            ${at.toISOString()})
    on conflict (kind, subject_id, reason) do nothing`;
  if (opened.count === 0) return;
  await holdPair(raw, wallet);
  await judgeAgain(raw, [{ lane, id: referredId }]);
}

/**
 * Bonuses in the queue, on which nobody has decided, are due again: the next pass judges them by what is known now. Due
 * ones are written as well, so that a pass that is just judging them is waited for.
 */
export async function judgeAgain(
  raw: TransactionSql,
  triggers: readonly { lane: number; id: string }[],
): Promise<void> {
  for (const { lane, id } of triggers) {
    await raw`
      update draws d set state = 'due', held_reason = null
       where d.lane = ${lane} and d.trigger_id = ${id} and d.state in ('due', 'queued')
         and not exists (select from reviews v where v.kind = 'bonus' and v.subject_id = d.id)`;
  }
}
