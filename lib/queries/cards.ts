import "server-only";
import { and, desc, eq, isNull } from "drizzle-orm";
import { connection } from "next/server";
import { db } from "@/db/client";
import { cardSetups, cards } from "@/db/schema/cards";
import type { AccountKey } from "./account-key";

/** A card on file. */
export interface CardView {
  id: string;
  brand: string;
  last4: string;
  /** 1 to 12 */
  expiryMonth: number;
  expiryYear: number;
  /** Whether its last month is over (UTC). */
  expired: boolean;
}

/** An account's cards on file, the latest first. */
export async function cardsOf({ lane, id }: AccountKey): Promise<CardView[]> {
  await connection();
  const rows = await db()
    .select()
    .from(cards)
    .where(and(eq(cards.lane, lane), eq(cards.accountId, id), isNull(cards.removedAt)))
    .orderBy(desc(cards.savedAt), desc(cards.id));
  const now = new Date();
  const thisMonth = now.getUTCFullYear() * 12 + now.getUTCMonth() + 1;
  return rows.map(({ id: cardId, brand, last4, expiryMonth, expiryYear }) => {
    return { id: cardId, brand, last4, expiryMonth, expiryYear, expired: expiryYear * 12 + expiryMonth < thisMonth };
  });
}

/** Ids as payment providers make them. */
const SETUP_ID = /^[A-Za-z0-9_-]{1,255}$/;

/** What became of a page to save a card on. Null for what does not exist and for what is another's. */
export async function cardSetupOf(account: AccountKey, setupId: string): Promise<"open" | "saved" | null> {
  await connection();
  if (!SETUP_ID.test(setupId)) return null;
  const [row] = await db()
    .select({ status: cardSetups.status })
    .from(cardSetups)
    .where(and(eq(cardSetups.accountId, account.id), eq(cardSetups.id, setupId)));
  return row?.status ?? null;
}
