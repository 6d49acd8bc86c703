import "server-only";
import { and, desc, eq, lte } from "drizzle-orm";
import { connection } from "next/server";
import { cache } from "react";
import { db } from "@/db/client";
import { prices } from "@/db/schema/usage";
import { amountText } from "@/lib/money/format";
import type { PriceUnit } from "@/lib/programs/pricing";

export interface PricedSku {
  sku: string;
  /** Dollars for one unit. */
  price: string;
  unit: PriceUnit;
}

/** What pods cost now, cheapest first: at most 50 of the rate card. */
export const podPrices = cache(async (): Promise<PricedSku[]> => {
  await connection();
  const current = db()
    .selectDistinctOn([prices.sku])
    .from(prices)
    .where(and(eq(prices.service, "pod"), lte(prices.effectiveFrom, new Date())))
    .orderBy(prices.sku, desc(prices.effectiveFrom))
    .as("current");
  const rows = await db().select().from(current).orderBy(current.amount, current.sku).limit(50);
  return rows.map(({ sku, unit, amount }) => ({ sku, unit, price: amountText(amount) }));
});
