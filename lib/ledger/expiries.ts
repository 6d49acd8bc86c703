import type { TransactionSql } from "postgres";
import type { Nanos } from "@/lib/money/nanos";
import { lapsesOf } from "@/lib/programs/lapses";
import { replayLots } from "@/lib/programs/lots";
import { creditMoves } from "./credit-moves";
import { openEndings, type WrittenEnding } from "./endings";
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
}

/** A reward that was taken back lets nothing expire; given again, what may have returned to it meanwhile counts. */
export async function reopenReward(raw: TransactionSql, { lane, id }: AccountRef, rewardId: string): Promise<void> {
  await raw`
    update credit_expiries set open = true
     where lane = ${lane} and account_id = ${id} and reward_id = ${rewardId} and not open`;
}

/** A void may have returned credit to lots whose time was over: they are looked at again. The wallet is locked. */
export async function reopenExpiries(raw: TransactionSql, { lane, id }: AccountRef): Promise<void> {
  await raw`update credit_expiries set open = true where lane = ${lane} and account_id = ${id} and not open`;
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
  const due = await openEndings(raw, account, at);
  if (due.length === 0) return 0;
  const { lots } = replayLots(await creditMoves(raw, account));
  const lapses = lapsesOf(lots, due);
  for (const { ending, amount } of lapses) await expireLot(raw, wallet, { ending, amount }, at);
  await saveWallets(raw, [wallet], at);
  return lapses.filter(({ amount }) => amount > 0n).length;
}

async function expireLot(
  raw: TransactionSql,
  wallet: LockedWallet,
  { ending, amount }: { ending: WrittenEnding; amount: Nanos },
  at: Date,
): Promise<void> {
  const { lane, id } = wallet.account;
  const { seq, bucket, reward, expiresAt } = ending;
  const number = amount > 0n ? ending.times + 1 : ending.times;
  await raw`
    update credit_expiries set open = false, times = ${number}, expired = expired + ${String(amount)}
     where lane = ${lane} and account_id = ${id} and seq = ${String(seq)}`;
  if (amount === 0n) return;
  if (reward) {
    await raw`
      update rewards set expired = expired + ${String(amount)}
       where lane = ${lane} and account_id = ${id} and id = ${reward.id}`;
  }
  const input = { account: id, lot: seq, number, bucket, amount, expiresAt, rewardId: reward?.id ?? null };
  await post(raw, wallet, postings.expiry(input), at);
}
