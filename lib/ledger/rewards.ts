import type { TransactionSql } from "postgres";
import type { Nanos } from "@/lib/money/nanos";
import { rewardSplit, standingOf } from "@/lib/programs/standing";
import { post } from "./post";
import * as postings from "./postings";
import type { TermsBook } from "./terms-book";
import { type AccountRef, type LockedWallet, lockWallets, saveWallets } from "./wallet";

/** A reward at its beneficiary, and the account whose paid spend it rests on. */
export interface RewardRef {
  id: string;
  beneficiary: AccountRef;
  trigger: AccountRef;
}

export interface NewReward extends RewardRef {
  kind: "bonus" | "milestone";
  program: string;
  amount: Nanos;
}

interface Scope {
  book: TermsBook;
  at: Date;
}

/** Writes a reward whose amount is known: not posted yet, for it is when it stands. */
export async function writeReward(raw: TransactionSql, reward: NewReward): Promise<void> {
  const { beneficiary, trigger, id, kind, program, amount } = reward;
  await raw`
    insert into rewards (lane, account_id, id, kind, trigger_lane, trigger_id, program, amount, posted, times)
    values (${beneficiary.lane}, ${beneficiary.id}, ${id}, ${kind}, ${trigger.lane}, ${trigger.id}, ${program},
            ${String(amount)}, false, 0)`;
}

/**
 * Posts a reward that stands and is not posted, takes back one that is posted and does not stand. Both wallets are
 * locked, so that nothing passes the trigger meanwhile.
 */
export async function followStanding(raw: TransactionSql, { book, at }: Scope, reward: RewardRef): Promise<void> {
  const { id, beneficiary, trigger } = reward;
  const accounts = beneficiary.id === trigger.id ? [trigger] : [beneficiary, trigger];
  const wallets = await lockWallets(raw, book, accounts);
  const wallet = wallets.get(beneficiary.id);
  const source = wallets.get(trigger.id);
  if (!wallet || !source) throw new Error(`Reward ${id} has no wallet`);
  const [row] = await raw<{ kind: "bonus" | "milestone"; amount: string; posted: boolean; times: number }[]>`
    select kind, amount, posted, times from rewards
     where lane = ${beneficiary.lane} and account_id = ${beneficiary.id} and id = ${id}`;
  if (!row) return;
  const isStanding = standingOf(source.state, source.pins)[row.kind];
  if (row.posted === isStanding) return;
  const number = row.times + 1;
  const bucket = row.kind === "bonus" ? "promo" : "earned";
  await postMove(raw, wallet, { id, bucket, number, amount: BigInt(row.amount) as Nanos, isStanding }, at);
  await raw`
    update rewards set posted = ${isStanding}, times = ${number}
     where lane = ${beneficiary.lane} and account_id = ${beneficiary.id} and id = ${id}`;
  await saveWallets(raw, [wallet], at);
}

async function postMove(
  raw: TransactionSql,
  wallet: LockedWallet,
  move: { id: string; bucket: "promo" | "earned"; number: number; amount: Nanos; isStanding: boolean },
  at: Date,
): Promise<void> {
  const { id, bucket, number, amount, isStanding } = move;
  const input = { id, bucket, number, ...rewardSplit(wallet.state, { amount, bucket }, isStanding) };
  await post(raw, wallet, isStanding ? postings.rewardGiven(input) : postings.rewardTaken(input), at);
}
