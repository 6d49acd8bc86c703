import { and, asc, desc, eq, gt, lt, or } from "drizzle-orm";
import type { Db } from "@/db/client";
import { prices } from "@/db/schema/usage";
import type { Price } from "./set-price";

/** Where a page of the rate card ended. */
export interface PricePlace {
  sku: string;
  effectiveFrom: Date;
}

/** Every version of the rate card, by sku, the newest first, those after the place `after` where it is given. */
export const listPrices = (db: Db, { limit, after }: { limit: number; after: PricePlace | null }): Promise<Price[]> =>
  db
    .select()
    .from(prices)
    .where(
      after
        ? or(gt(prices.sku, after.sku), and(eq(prices.sku, after.sku), lt(prices.effectiveFrom, after.effectiveFrom)))
        : undefined,
    )
    .orderBy(asc(prices.sku), desc(prices.effectiveFrom))
    .limit(limit);
