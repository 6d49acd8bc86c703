import "server-only";
import { connection } from "next/server";
import { db } from "@/db/client";
import { balancesAfter, firstPostedAt, lastSeqBefore } from "@/lib/ledger/balances-at";
import type { Code } from "@/lib/ledger/chart";
import { putAwayUntil } from "@/lib/ledger/months/kept";
import { amountText } from "@/lib/money/format";
import { maxNanos, sum, ZERO } from "@/lib/money/nanos";
import { arrearsOf, paidOf } from "@/lib/programs/account";
import type { AccountKey } from "./account-key";

/** What an account had when an instant came. Exact decimal dollars. */
export interface HeldAt {
  /** Promo, earned, market and paid credit, less arrears; never below zero. What was reserved then is not in the books. */
  spendable: string;
  promo: string;
  earned: string;
  market: string;
  paid: string;
  arrears: string;
  promoHeld: string;
  pending: string;
  debt: string;
  /** The number of the last posting that counts; null where nothing was posted before. */
  seq: string | null;
  /** When the first posting came, ISO 8601; asked for only where none had. */
  began: string | null;
}

/**
 * Everything posted before `at`, by the order of posting; exact to the nano-dollar, from the ledger.
 * @returns null where the usage of that time is put away
 */
export async function heldAt(account: AccountKey, at: Date): Promise<HeldAt | null> {
  await connection();
  const sql = db().$client;
  const until = await putAwayUntil(sql, account);
  if (until && at < until) return null;
  const seq = await lastSeqBefore(sql, account, at);
  const balances = (await balancesAfter(sql, account, [seq])).get(seq);
  const held = (code: Code) => balances?.get(code) ?? ZERO;
  const [promo, earned, market, paid] = [held("promo"), held("earned"), held("market"), held("paid")];
  return {
    spendable: amountText(maxNanos(ZERO, sum([promo, earned, market, paid]))),
    promo: amountText(promo),
    earned: amountText(earned),
    market: amountText(market),
    paid: amountText(paidOf(paid)),
    arrears: amountText(arrearsOf(paid)),
    promoHeld: amountText(held("promo.held")),
    pending: amountText(held("pending")),
    debt: amountText(held("debt")),
    seq: seq === 0n ? null : String(seq),
    began: seq === 0n ? ((await firstPostedAt(sql, account))?.toISOString() ?? null) : null,
  };
}
