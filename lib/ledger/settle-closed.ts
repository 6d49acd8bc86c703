import type { TransactionSql } from "postgres";
import { maxNanos, minNanos, NANOS_PER_CENT, type Nanos, ZERO } from "@/lib/money/nanos";
import { arrearsOf } from "@/lib/programs/account";
import { moveMoney } from "./move-money";
import { post } from "./post";
import * as postings from "./postings";
import type { LockedWallet } from "./wallet";
import type { WalletScope } from "./with-wallet";

/** What a closed account's owner chose for unspent money. */
export type PaidChoice = "refund" | "give_up";

/**
 * Brings a closed account's books to where they belong, whatever happened since: promotional credit lapses, money that
 * was given up leaves *paid*, and what is owed is written off. Arrears stay arrears: nobody paid them, so that the line
 * of paid spend and everything that rests on it stay as they are. Changes nothing when nothing happened.
 * @returns the number of the last posting, and what of its money is still to be given back, in whole cents
 */
export async function settleClosed(
  raw: TransactionSql,
  scope: WalletScope,
  { paid, at }: { paid: PaidChoice; at: Date },
): Promise<{ seq: bigint; owed: Nanos }> {
  const { wallet } = scope;
  const { state } = wallet;
  const balances = await otherBalances(raw, wallet);
  if (state.promo + state.earned > 0n) {
    await post(raw, wallet, postings.lapse({ ...next(wallet), promo: state.promo, earned: state.earned }), at);
  }
  if (paid === "give_up") await giveUp(raw, scope, balances.givenUp, at);
  const waiting = (balances.pending + state.promoHeld - balances.lapsed) as Nanos;
  if (waiting !== 0n) await post(raw, wallet, postings.lapseOfWaiting({ ...next(wallet), change: waiting }), at);
  const owed = (arrearsOf(state.paidNet) + state.debt - balances.allowance) as Nanos;
  if (owed !== 0n) await post(raw, wallet, postings.writeOff({ ...next(wallet), change: owed }), at);
  const unspent = paid === "refund" ? maxNanos(ZERO, state.paidNet) : ZERO;
  return { seq: state.seq, owed: (unspent - (unspent % NANOS_PER_CENT)) as Nanos };
}

const next = ({ account, state }: LockedWallet) => ({ account: account.id, seq: state.seq + 1n });

async function giveUp(raw: TransactionSql, scope: WalletScope, givenUp: Nanos, at: Date): Promise<void> {
  const { wallet } = scope;
  const { paidNet } = wallet.state;
  const back = minNanos(arrearsOf(paidNet), givenUp);
  if (paidNet > 0n) {
    const posting = postings.givenUp({ ...next(wallet), amount: paidNet });
    await moveMoney(raw, scope, { posting, amount: -paidNet as Nanos, at });
  } else if (back > 0n) {
    await moveMoney(raw, scope, { posting: postings.givenBack({ ...next(wallet), amount: back }), amount: back, at });
  }
}

/** Of the accounts that the wallet's row does not carry. */
async function otherBalances(raw: TransactionSql, { account }: LockedWallet) {
  const rows = await raw<{ code: string; balance: string }[]>`
    select code, balance from balances where lane = ${account.lane} and account_id = ${account.id}`;
  const of = (code: string): Nanos => {
    const row = rows.find((each) => each.code === code);
    return row ? (BigInt(row.balance) as Nanos) : ZERO;
  };
  return {
    pending: maxNanos(ZERO, of("pending")),
    lapsed: of("lapsed"),
    allowance: of("allowance"),
    givenUp: of("given.up"),
  };
}
