import "server-only";
import { and, eq, gte } from "drizzle-orm";
import { connection } from "next/server";
import { db } from "@/db/client";
import { accountDays } from "@/db/schema/usage";
import { amountText } from "@/lib/money/format";
import { dayOf, dayText } from "@/lib/programs/effects";
import type { AccountKey } from "./account-key";

/** Charges of one UTC day, exact decimal dollars. */
export interface SpendDay {
  /** YYYY-MM-DD */
  start: string;
  pod: string;
  serverless: string;
  storage: string;
}

/** The last `count` UTC days up to today, oldest first, also those without charges. */
export async function spendDays({ lane, id }: AccountKey, count: number): Promise<SpendDay[]> {
  await connection();
  const today = dayOf(Date.now());
  const first = today - count + 1;
  const rows = await db()
    .select()
    .from(accountDays)
    .where(and(eq(accountDays.lane, lane), eq(accountDays.accountId, id), gte(accountDays.day, dayText(first))));
  const charged = new Map(rows.map((row) => [row.day, row]));
  return Array.from({ length: count }, (_, index) => {
    const day = dayText(first + index);
    const row = charged.get(day);
    return {
      start: day,
      pod: row ? amountText(row.chargedPod) : "0",
      serverless: row ? amountText(row.chargedServerless) : "0",
      storage: row ? amountText(row.chargedStorage) : "0",
    };
  });
}
