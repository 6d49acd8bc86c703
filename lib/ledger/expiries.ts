import type { TransactionSql } from "postgres";
import { minNanos, type Nanos, ZERO } from "@/lib/money/nanos";
import { replayLots } from "@/lib/programs/lots";
import { creditMoves } from "./credit-moves";
import { post } from "./post";
import * as postings from "./postings";
import type { TermsBook } from "./terms-book";
import { type AccountRef, type LockedWallet, lockWallets, saveWallets } from "./wallet";

/** Credit that came by one posting and does not last. */
export interface NewExpiry {
  seq: bigint;
  bucket: "promo" | "earned";
  /** Null for a grant. */
  rewardId: string | null;
  expiresAt: Date;
}

/** Writes when the credit of a posting expires. The wallet is locked. */
export async function writeExpiry(raw: TransactionSql, { lane, id }: AccountRef, expiry: NewExpiry): Promise<void> {
  const { seq, bucket, rewardId, expiresAt } = expiry;
  await raw`
    insert into credit_expiries (lane, account_id, seq, bucket, reward_id, expires_at)
    values (${lane}, ${id}, ${String(seq)}, ${bucket}, ${rewardId}, ${expiresAt.toISOString()})`;
  // A reward that was taken back lets nothing expire; given again, what may have returned to it meanwhile counts.
  if (rewardId === null) return;
  await raw`
    update credit_expiries set open = true
     where lane = ${lane} and account_id = ${id} and reward_id = ${rewardId} and not open`;
}

/** A void may have returned credit to lots whose time was over: they are looked at again. The wallet is locked. */
export async function reopenExpiries(raw: TransactionSql, { lane, id }: AccountRef): Promise<void> {
  await raw`update credit_expiries set open = true where lane = ${lane} and account_id = ${id} and not open`;
}

interface DueRow {
  seq: string;
  bucket: "promo" | "earned";
  reward_id: string | null;
  expires_ms: string;
  times: number;
}

/**
 * Lets expire what is unspent of an account's credit whose time is over, each lot by a posting of its own: what is left
 * of it is found by a replay of the account's whole history, so that nothing has to be kept about it meanwhile. Of a
 * reward nothing expires while it is taken back, and never more than it is worth.
 * @returns how many lots lost something
 */
export async function expireCredit(
  raw: TransactionSql,
  { book, at }: { book: TermsBook; at: Date },
  account: AccountRef,
): Promise<number> {
  const wallet = (await lockWallets(raw, book, [account])).get(account.id);
  if (!wallet) throw new Error(`Account ${account.id} has no wallet`);
  const due = await raw<DueRow[]>`
    select seq, bucket, reward_id, (extract(epoch from expires_at) * 1000)::bigint as expires_ms, times
      from credit_expiries
     where lane = ${account.lane} and account_id = ${account.id} and open and expires_at <= ${at.toISOString()}
     order by expires_at, seq`;
  if (due.length === 0) return 0;
  const { lots } = replayLots(await creditMoves(raw, account));
  let expired = 0;
  for (const row of due) {
    const lot = lots.find(({ seq, bucket }) => String(seq) === row.seq && bucket === row.bucket);
    if (await expireLot(raw, wallet, { row, left: lot?.left ?? ZERO }, at)) expired += 1;
  }
  await saveWallets(raw, [wallet], at);
  return expired;
}

async function expireLot(
  raw: TransactionSql,
  wallet: LockedWallet,
  { row, left }: { row: DueRow; left: Nanos },
  at: Date,
): Promise<boolean> {
  const { lane, id } = wallet.account;
  const rewardId = row.reward_id;
  const amount = rewardId === null ? left : minNanos(left, await mayExpire(raw, wallet.account, rewardId));
  const number = amount > 0n ? row.times + 1 : row.times;
  await raw`
    update credit_expiries set open = false, times = ${number}, expired = expired + ${String(amount)}
     where lane = ${lane} and account_id = ${id} and seq = ${row.seq}`;
  if (amount === 0n) return false;
  if (rewardId !== null) {
    await raw`
      update rewards set expired = expired + ${String(amount)}
       where lane = ${lane} and account_id = ${id} and id = ${rewardId}`;
  }
  const { bucket } = row;
  const expiresAt = new Date(Number(row.expires_ms));
  const lot = BigInt(row.seq);
  await post(raw, wallet, postings.expiry({ account: id, lot, number, bucket, amount, expiresAt, rewardId }), at);
  return true;
}

/** What of a reward may still expire. */
async function mayExpire(raw: TransactionSql, { lane, id }: AccountRef, rewardId: string): Promise<Nanos> {
  const [reward] = await raw<{ left: string }[]>`
    select case when posted then amount - expired else 0 end as left from rewards
     where lane = ${lane} and account_id = ${id} and id = ${rewardId}`;
  return BigInt(reward?.left ?? 0) as Nanos;
}
