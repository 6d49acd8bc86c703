import "server-only";
import { and, asc, desc, eq, gt, inArray, notInArray, type SQL } from "drizzle-orm";
import { connection } from "next/server";
import { db } from "@/db/client";
import { accountClosings, accounts, wallets } from "@/db/schema/accounts";
import { refundRequests } from "@/db/schema/operators";
import { amountText } from "@/lib/money/format";
import { ZERO } from "@/lib/money/nanos";
import { findAccounts } from "@/lib/queries/operator/accounts";
import { refundablesAtProvider } from "@/lib/services/funds/refundable";
import { DECIDED_SHOWN, type RequestView, requestView, WAITING_MAX } from "./requests";

/** A refund that an operator made or asked for. */
export interface RefundView extends RequestView {
  /** The deposit it is of. */
  deposit: string;
  state: "waiting" | "sending" | "sent" | "failed" | "declined";
  /** The provider's word where it failed. */
  problem: string | null;
}

const read = (where: SQL) =>
  db()
    .select({ request: refundRequests, externalId: accounts.externalId })
    .from(refundRequests)
    .innerJoin(accounts, and(eq(accounts.lane, refundRequests.lane), eq(accounts.id, refundRequests.accountId)))
    .where(where)
    .$dynamic();

type Row = Awaited<ReturnType<typeof read>>[number];

const toView = ({ request, externalId }: Row): RefundView => ({
  ...requestView(request, externalId),
  deposit: request.depositReference,
  state: request.state,
  problem: request.problem,
});

/** What waits for a second operator, the oldest first, and what was decided last. */
export async function refunds(): Promise<{ waiting: RefundView[]; decided: RefundView[] }> {
  await connection();
  const [waiting, decided] = await Promise.all([
    read(inArray(refundRequests.state, ["waiting"]))
      .orderBy(asc(refundRequests.requestedAt))
      .limit(WAITING_MAX),
    read(notInArray(refundRequests.state, ["waiting"]))
      .orderBy(desc(refundRequests.requestedAt))
      .limit(DECIDED_SHOWN),
  ]);
  return { waiting: waiting.map(toView), decided: decided.map(toView) };
}

/** One of them, by its reference. */
export async function refundOf(reference: string): Promise<RefundView | null> {
  await connection();
  const [row] = await read(eq(refundRequests.reference, reference));
  return row ? toView(row) : null;
}

/** A closed account whose owner wants back what was not spent, and has not got it. */
export interface OwedView {
  account: { id: string; externalId: string };
  /** Exact decimal dollars. */
  owed: string;
  /** ISO 8601 */
  closedAt: string;
}

/** Who is owed money after closing their account, the longest waiting first; at most two hundred. */
export async function owedAfterClosing(): Promise<OwedView[]> {
  await connection();
  const { lane, accountId, closedAt, owed } = accountClosings;
  const rows = await db()
    .select({ id: accountId, externalId: accounts.externalId, closedAt, owed })
    .from(accountClosings)
    .innerJoin(accounts, and(eq(accounts.lane, lane), eq(accounts.id, accountId)))
    .where(gt(owed, ZERO))
    .orderBy(asc(closedAt))
    .limit(WAITING_MAX);
  return rows.map((row) => ({
    account: { id: row.id, externalId: row.externalId },
    owed: amountText(row.owed),
    closedAt: row.closedAt.toISOString(),
  }));
}

/** A deposit of which something is left to give back. Exact decimal dollars. */
export interface RefundableView {
  reference: string;
  amount: string;
  refundable: string;
  /** When it was paid, ISO 8601. */
  at: string;
}

export interface RefundableAccount {
  id: string;
  externalId: string;
  deposits: RefundableView[];
}

/**
 * The one account that what was typed means, with the deposits through the payment provider of which something is
 * left to give back; null where it means none, or several.
 */
export async function refundableOf(typed: string): Promise<RefundableAccount | null> {
  const [account, ...others] = await findAccounts(typed);
  if (!account || others.length > 0) return null;
  const [balance] = await db()
    .select()
    .from(wallets)
    .where(and(eq(wallets.lane, account.lane), eq(wallets.accountId, account.id)));
  if (!balance) return null;
  const deposits = await refundablesAtProvider(db(), account, balance);
  return {
    id: account.id,
    externalId: account.externalId,
    deposits: deposits
      .filter(({ refundable }) => refundable > 0n)
      .map(({ reference, amount, refundable, occurredAt }) => ({
        reference,
        amount: amountText(amount),
        refundable: amountText(refundable),
        at: occurredAt.toISOString(),
      })),
  };
}
