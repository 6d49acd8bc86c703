import "server-only";
import { and, eq } from "drizzle-orm";
import { connection } from "next/server";
import { db } from "@/db/client";
import { wallets } from "@/db/schema/accounts";
import { amountText } from "@/lib/money/format";
import { maxNanos, nanos, sum, ZERO } from "@/lib/money/nanos";
import { arrearsOf, paidOf } from "@/lib/programs/account";
import type { AccountKey } from "./account-key";

/** An account's credit by bucket. Exact decimal dollars. */
export interface WalletView {
  /** What can be spent now: the buckets, less arrears and what is reserved; never below zero. */
  available: string;
  promo: string;
  /** Drawn and not spendable yet; no part of `available`. */
  promoHeld: string;
  earned: string;
  market: string;
  /** Never below zero: what is, is `arrears`. */
  paid: string;
  /** Usage not yet paid for. */
  arrears: string;
  /** Promotional credit taken back after it was spent. */
  debt: string;
  reserved: string;
  /** Money in, gross, lifetime. */
  deposited: string;
  /** Charges of all services, lifetime. */
  charged: string;
}

/** @throws Error when the account has no wallet: they are made together. */
export async function walletOf({ lane, id }: AccountKey): Promise<WalletView> {
  await connection();
  const [wallet] = await db()
    .select()
    .from(wallets)
    .where(and(eq(wallets.lane, lane), eq(wallets.accountId, id)));
  if (!wallet) throw new Error(`Account ${id} has no wallet`);
  const { promo, promoHeld, earned, market, paidNet, debt, reserved, deposited } = wallet;
  return {
    available: amountText(maxNanos(ZERO, nanos(promo + earned + market + paidNet - reserved))),
    promo: amountText(promo),
    promoHeld: amountText(promoHeld),
    earned: amountText(earned),
    market: amountText(market),
    paid: amountText(paidOf(paidNet)),
    arrears: amountText(arrearsOf(paidNet)),
    debt: amountText(debt),
    reserved: amountText(reserved),
    deposited: amountText(deposited),
    charged: amountText(sum([wallet.chargedPod, wallet.chargedServerless, wallet.chargedStorage])),
  };
}
