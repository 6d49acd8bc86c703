import "server-only";
import { and, desc, eq, inArray, lt } from "drizzle-orm";
import { connection } from "next/server";
import { db } from "@/db/client";
import { checkouts, deposits, reversals } from "@/db/schema/funds";
import { amountText } from "@/lib/money/format";
import { type Nanos, nanos, ZERO } from "@/lib/money/nanos";
import { returns } from "@/lib/services/funds/write-reversal";
import type { AccountKey } from "./account-key";
import { receiptNumbers } from "./receipts";

/** Money received. */
export interface DepositView {
  reference: string;
  /** Exact decimal dollars. */
  amount: string;
  /** Refunded or charged back, less what was returned. */
  reversed: string;
  method: "invoice" | "card" | "crypto";
  /** When it was paid, ISO 8601. */
  at: string;
  /** The number of its receipt. */
  receipt: string;
}

export interface DepositPage {
  deposits: DepositView[];
  /** Give it as `before` for the next page; null at the end. */
  next: string | null;
}

/** The account's deposits, the latest recorded first. */
export async function depositsOf(
  { lane, id }: AccountKey,
  { limit, before }: { limit: number; before?: bigint },
): Promise<DepositPage> {
  await connection();
  const mine = and(eq(deposits.lane, lane), eq(deposits.accountId, id));
  const rows = await db()
    .select()
    .from(deposits)
    .where(before === undefined ? mine : and(mine, lt(deposits.seq, before)))
    .orderBy(desc(deposits.seq))
    .limit(limit + 1);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const reversed = await reversedOf(shown.map(({ reference }) => reference));
  const numbers = await receiptNumbers(
    { lane, id },
    shown.map(({ seq }) => seq),
  );
  return {
    deposits: shown.map(({ reference, amount, method, occurredAt, seq }) => ({
      reference,
      amount: amountText(amount),
      reversed: amountText(reversed.get(reference) ?? ZERO),
      method,
      at: occurredAt.toISOString(),
      receipt: numbers.get(seq) ?? "",
    })),
    next: rows.length > limit && last ? String(last.seq) : null,
  };
}

/** What was taken back of each deposit, less what was returned; those that were left alone are absent. */
async function reversedOf(references: string[]): Promise<Map<string, Nanos>> {
  const totals = new Map<string, Nanos>();
  if (references.length === 0) return totals;
  const rows = await db().select().from(reversals).where(inArray(reversals.depositReference, references));
  for (const { depositReference, reason, amount } of rows) {
    const before = totals.get(depositReference) ?? ZERO;
    totals.set(depositReference, nanos(before + (returns.has(reason) ? -amount : amount)));
  }
  return totals;
}

export interface PaymentView {
  id: string;
  amount: string;
  status: "open" | "processing" | "paid" | "failed" | "expired";
  /** When its page was opened, ISO 8601. */
  openedAt: string;
}

/** Ids as payment providers make them. */
const PAYMENT_ID = /^[A-Za-z0-9_-]{1,255}$/;

/** One payment of the account's. Null for what does not exist and for what is another's. */
export async function paymentOf(account: AccountKey, checkoutId: string): Promise<PaymentView | null> {
  await connection();
  if (!PAYMENT_ID.test(checkoutId)) return null;
  const [row] = await db()
    .select()
    .from(checkouts)
    .where(and(eq(checkouts.accountId, account.id), eq(checkouts.id, checkoutId)));
  return row ? paymentView(row) : null;
}

/** Payments promised by a slow method, not credited yet; the latest first, ten at most. */
export async function paymentsUnderWay(account: AccountKey): Promise<PaymentView[]> {
  await connection();
  const rows = await db()
    .select()
    .from(checkouts)
    .where(and(eq(checkouts.accountId, account.id), eq(checkouts.status, "processing")))
    .orderBy(desc(checkouts.createdAt))
    .limit(10);
  return rows.map(paymentView);
}

const paymentView = ({ id, amount, status, createdAt }: typeof checkouts.$inferSelect): PaymentView => ({
  id,
  amount: amountText(amount),
  status,
  openedAt: createdAt.toISOString(),
});
