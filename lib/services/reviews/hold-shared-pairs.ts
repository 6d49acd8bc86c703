import type { TransactionSql } from "postgres";
import type { TermsBook } from "@/lib/ledger/terms-book";
import { type AccountRef, lockWallets } from "@/lib/ledger/wallet";
import { openPairReview, type Pair } from "./open-pair-review";

/**
 * An account is about to record a deposit by an instrument: every pair it belongs to whose other side used that
 * instrument is held, for an operator to decide. To be called before anything else of the deposit's transaction takes
 * a lock: deposits by one instrument wait for each other here, so that of two sides paying at once one sees the other,
 * and the wallets concerned are locked in everybody's order.
 */
export async function holdSharedPairs(
  raw: TransactionSql,
  { account, instrument, book, at }: { account: AccountRef; instrument: string; book: TermsBook; at: Date },
): Promise<void> {
  await raw`select pg_advisory_xact_lock(hashtextextended(${`instrument:${instrument}`}, 0))`;
  const pairs = await raw<Pair[]>`
    with payers as (
      select distinct lane, account_id from deposits where instrument = ${instrument} and account_id <> ${account.id}),
    pairs as (
      select r.* from payers p
        join referrals r on r.lane = ${account.lane} and r.referred_id = ${account.id} and r.referrer_id = p.account_id
       union all
      select r.* from payers p
        join referrals r on r.lane = p.lane and r.referred_id = p.account_id and r.referrer_id = ${account.id})
    select p.id, p.lane, p.referred_id as "referredId", p.referrer_id as "referrerId" from pairs p
     where p.void_reason is null and p.hold is distinct from 'refused'
       and not exists (select from reviews v where v.kind = 'pair' and v.subject_id = p.id
                          and v.reason = 'payment_fingerprint')`;
  if (pairs.length === 0) return;
  const referred = pairs.map(({ lane, referredId }) => ({ lane, id: referredId }));
  const wallets = await lockWallets(raw, book, [account, ...referred.filter(({ id }) => id !== account.id)]);
  for (const pair of pairs) {
    const wallet = wallets.get(pair.referredId);
    if (wallet) await openPairReview(raw, { pair, wallet, reason: "payment_fingerprint", at });
  }
}
