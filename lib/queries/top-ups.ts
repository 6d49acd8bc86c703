import "server-only";
import { and, desc, eq } from "drizzle-orm";
import { connection } from "next/server";
import { db } from "@/db/client";
import { balanceAlerts } from "@/db/schema/balance-alerts";
import { autoTopUps, topUps } from "@/db/schema/top-ups";
import { amountText } from "@/lib/money/format";
import { nanos } from "@/lib/money/nanos";
import { topUpReason } from "@/lib/services/top-ups/reason-words";
import type { AccountKey } from "./account-key";

/** Automatic top-up as its owner set it, and how it goes. Amounts in exact decimal dollars. */
export interface AutoTopUpView {
  state: "off" | "on" | "suspended";
  /** Why it is suspended: a sentence. */
  reason: string | null;
  threshold: string;
  mode: "amount" | "target";
  amount: string;
  monthMax: string;
  cardId: string | null;
  chargedThisMonth: string;
}

/** One attempt. */
export interface TopUpView {
  id: string;
  amount: string;
  state: "begun" | "waiting" | "asked" | "paid" | "failed";
  /** Why it failed: a sentence. */
  reason: string | null;
  /** ISO 8601 */
  begunAt: string;
}

/** Null for an account that never set it. */
export async function autoTopUpOf({ lane, id }: AccountKey): Promise<AutoTopUpView | null> {
  await connection();
  const [row] = await db()
    .select()
    .from(autoTopUps)
    .where(and(eq(autoTopUps.lane, lane), eq(autoTopUps.accountId, id)));
  if (!row) return null;
  const month = new Date();
  const begins = new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth(), 1));
  const [spent] = await db().$client<{ sum: string }[]>`
    select coalesce(sum(amount), 0) as sum from top_ups
     where lane = ${lane} and account_id = ${id} and state <> 'failed' and begun_at >= ${begins.toISOString()}`;
  const { state, reason, threshold, mode, amount, monthMax, cardId } = row;
  return {
    state,
    reason: reason === null ? null : topUpReason(reason),
    threshold: amountText(threshold),
    mode,
    amount: amountText(amount),
    monthMax: amountText(monthMax),
    cardId,
    chargedThisMonth: amountText(nanos(BigInt(spent?.sum ?? 0))),
  };
}

/** The latest attempt; null before the first. */
export async function latestTopUpOf({ lane, id }: AccountKey): Promise<TopUpView | null> {
  await connection();
  const [row] = await db()
    .select()
    .from(topUps)
    .where(and(eq(topUps.lane, lane), eq(topUps.accountId, id)))
    .orderBy(desc(topUps.begunAt))
    .limit(1);
  if (!row) return null;
  return {
    id: row.id,
    amount: amountText(row.amount),
    state: row.state,
    reason: row.reason === null ? null : topUpReason(row.reason),
    begunAt: row.begunAt.toISOString(),
  };
}

/** Below how much credit the owner wants to be told; null for not at all. Exact decimal dollars. */
export async function lowBelowOf({ lane, id }: AccountKey): Promise<string | null> {
  await connection();
  const [row] = await db()
    .select({ lowBelow: balanceAlerts.lowBelow })
    .from(balanceAlerts)
    .where(and(eq(balanceAlerts.lane, lane), eq(balanceAlerts.accountId, id)));
  return row && row.lowBelow !== null ? amountText(row.lowBelow) : null;
}
