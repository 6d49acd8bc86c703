import "server-only";
import { connection } from "next/server";
import { db } from "@/db/client";
import { amountText } from "@/lib/money/format";
import type { Nanos } from "@/lib/money/nanos";
import type { AccountKey } from "./account-key";
import { walletOf } from "./wallet";

/** What closing an account would mean now. Exact decimal dollars. */
export interface ClosingView {
  /** Unspent money: refunded or given up. */
  paid: string;
  /** What lapses: bonuses and grants, earnings, and earnings behind a gate. */
  promo: string;
  earned: string;
  pending: string;
  /** What is owed; closing does not settle it. */
  arrears: string;
  /** Work that may run; while there is some, the account cannot be closed. */
  openWork: number;
}

const sumOf = (...amounts: string[]): bigint => amounts.reduce((total, amount) => total + BigInt(amount), 0n);

export async function closingView(account: AccountKey): Promise<ClosingView> {
  await connection();
  const [wallet, [row]] = await Promise.all([
    walletOf(account),
    db().$client<{ pending: string; promo: string; held: string; work: number }[]>`
      select w.promo, w.promo_held as held,
             coalesce((select sum(e.pending) from earnings e
                        where e.lane = w.lane and e.account_id = w.account_id), 0) as pending,
             (select count(*)::int from authorizations a
               where a.lane = w.lane and a.account_id = w.account_id and a.state = 'open'
                 and (a.expires_at is null or a.expires_at > now())) as work
        from wallets w where w.lane = ${account.lane} and w.account_id = ${account.id}`,
  ]);
  const { paid, earned, arrears } = wallet;
  return {
    paid,
    earned,
    arrears,
    promo: amountText(sumOf(row?.promo ?? "0", row?.held ?? "0") as Nanos),
    pending: amountText(sumOf(row?.pending ?? "0") as Nanos),
    openWork: row?.work ?? 0,
  };
}
