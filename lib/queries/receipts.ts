import "server-only";
import { and, asc, desc, eq, inArray, lte } from "drizzle-orm";
import { connection } from "next/server";
import { db } from "@/db/client";
import { accounts } from "@/db/schema/accounts";
import { deposits, reversals } from "@/db/schema/funds";
import { receipts, sellers } from "@/db/schema/receipts";
import { amountText } from "@/lib/money/format";
import { readReceiptNumber, receiptNumber } from "@/lib/services/receipts/receipt-number";
import type { AccountKey } from "./account-key";

export type ReceiptKind = (typeof receipts.$inferSelect)["kind"];

export interface SellerView {
  name: string;
  address: string[];
  taxId: string | null;
}

export interface CustomerView {
  externalId: string;
  name: string | null;
  email: string | null;
}

/** A numbered paper about money. Exact decimal dollars, instants ISO 8601. */
export interface ReceiptView {
  /** "2026-000042" */
  number: string;
  kind: ReceiptKind;
  issuedAt: string;
  amount: string;
  /** The deposit that it is about: itself, or the one that was taken back or returned. */
  deposit: { number: string; amount: string; method: "invoice" | "card" | "crypto"; reference: string; paidAt: string };
  /** The number of the posting. */
  seq: string;
  /** Who was paid; null while the operator has not said. */
  seller: SellerView | null;
  customer: CustomerView;
  /** The other papers about the same deposit, in their order. */
  others: { number: string; kind: ReceiptKind; amount: string; issuedAt: string }[];
}

/** One of an account's papers. Null for what does not exist and for what is another's. */
export async function receiptOf(account: AccountKey, numberText: string): Promise<ReceiptView | null> {
  await connection();
  const place = readReceiptNumber(numberText);
  if (!place) return null;
  const mine = and(eq(receipts.lane, account.lane), eq(receipts.accountId, account.id));
  const [row] = await db()
    .select()
    .from(receipts)
    .where(and(mine, eq(receipts.year, place.year), eq(receipts.no, place.no)));
  if (!row) return null;
  const [deposit] = await db().select().from(deposits).where(eq(deposits.reference, row.depositReference));
  if (!deposit) throw new Error(`Receipt ${numberText} is about no deposit`);
  const together = await db()
    .select()
    .from(receipts)
    .where(eq(receipts.depositReference, row.depositReference))
    .orderBy(asc(receipts.year), asc(receipts.no));
  const amounts = await amountsOf(deposit);
  const amountOf = (seq: bigint) => amountText(amounts.get(seq) ?? deposit.amount);
  return {
    number: receiptNumber(row),
    kind: row.kind,
    issuedAt: row.issuedAt.toISOString(),
    amount: amountOf(row.seq),
    deposit: {
      number: receiptNumber(together.find(({ kind }) => kind === "deposit") ?? row),
      amount: amountText(deposit.amount),
      method: deposit.method,
      reference: deposit.reference,
      paidAt: deposit.occurredAt.toISOString(),
    },
    seq: String(row.seq),
    seller: await sellerAt(row.issuedAt),
    customer: await customerOf(account),
    others: together
      .filter(({ seq }) => seq !== row.seq)
      .map((other) => ({
        number: receiptNumber(other),
        kind: other.kind,
        amount: amountOf(other.seq),
        issuedAt: other.issuedAt.toISOString(),
      })),
  };
}

/** What the deposit and each reversal of it moved, by the number of its posting. */
async function amountsOf(deposit: typeof deposits.$inferSelect) {
  const rows = await db()
    .select({ seq: reversals.seq, amount: reversals.amount })
    .from(reversals)
    .where(eq(reversals.depositReference, deposit.reference));
  return new Map([...rows.map(({ seq, amount }) => [seq, amount] as const), [deposit.seq, deposit.amount] as const]);
}

/** Who sold at an instant; the first who ever did, for what is older. */
export async function sellerAt(at: Date): Promise<SellerView | null> {
  const then = db().select().from(sellers).where(lte(sellers.effectiveFrom, at));
  const [seller] = await then.orderBy(desc(sellers.effectiveFrom)).limit(1);
  const [first] = seller ? [seller] : await db().select().from(sellers).orderBy(asc(sellers.effectiveFrom)).limit(1);
  return first ? { name: first.name, address: first.address, taxId: first.taxId } : null;
}

export async function customerOf({ lane, id }: AccountKey): Promise<CustomerView> {
  const [found] = await db()
    .select({ externalId: accounts.externalId, name: accounts.name, email: accounts.email })
    .from(accounts)
    .where(and(eq(accounts.lane, lane), eq(accounts.id, id)));
  if (!found) throw new Error(`There is no account ${id}`);
  return found;
}

/** The numbers of the receipts of some of an account's deposits, by the number of the posting. */
export async function receiptNumbers(
  { lane, id }: AccountKey,
  seqs: readonly bigint[],
): Promise<ReadonlyMap<bigint, string>> {
  if (seqs.length === 0) return new Map();
  const rows = await db()
    .select()
    .from(receipts)
    .where(and(eq(receipts.lane, lane), eq(receipts.accountId, id), inArray(receipts.seq, [...seqs])));
  return new Map(rows.map((row) => [row.seq, receiptNumber(row)]));
}
