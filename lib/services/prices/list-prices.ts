import { asc, desc } from "drizzle-orm";
import type { Db } from "@/db/client";
import { prices } from "@/db/schema/usage";
import type { Price } from "./set-price";

/** Every version of the rate card, by sku, the newest first. */
export const listPrices = (db: Db): Promise<Price[]> =>
  db.select().from(prices).orderBy(asc(prices.sku), desc(prices.effectiveFrom));
