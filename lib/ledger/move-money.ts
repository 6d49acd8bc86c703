import type { TransactionSql } from "postgres";
import { maxNanos, type Nanos } from "@/lib/money/nanos";
import { arrearsOf } from "@/lib/programs/account";
import { applyMoney } from "@/lib/programs/line";
import { lineTail } from "./line-tail";
import { type Posting, postAsked } from "./post";
import type { WalletScope } from "./with-wallet";

/**
 * Posts money that came in (amount above zero) or was taken back, and lets everything that rests on paid spend follow:
 * settled or reopened arrears, commission, royalty, the bonus.
 * @returns the posting's number
 * @throws BooksFull when the account's books cannot hold it
 */
export async function moveMoney(
  raw: TransactionSql,
  { wallet, effects, templates }: WalletScope,
  { posting, amount, at }: { posting: Posting; amount: Nanos; at: Date },
): Promise<bigint> {
  const { state, pins, account } = wallet;
  const owed = maxNanos(arrearsOf(state.paidNet), arrearsOf((state.paidNet + amount) as Nanos));
  const tail = await lineTail(raw, account, owed, templates);
  const posted = await postAsked(raw, wallet, posting, at);
  applyMoney(state, pins, amount, tail, effects);
  return posted.seq;
}
