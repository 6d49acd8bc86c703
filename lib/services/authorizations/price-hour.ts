import { and, desc, eq, lte } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { prices } from "@/db/schema/usage";
import { dollarsExact } from "@/lib/money/format";
import type { Nanos } from "@/lib/money/nanos";
import { CHARGE_MAX, chargeFor, UNIT_MS } from "@/lib/programs/pricing";
import { done, type Result, refused } from "@/lib/services/result";
import type { WorkPrice } from "./authorization";

/**
 * What one hour of work costs at `at`, computed as a usage event of one hour would be. Refuses (`invalid`) a sku that
 * has no price in force, and more than any event may cost.
 */
export async function priceHour(
  tx: Tx,
  { price, quantityMilli }: { price: WorkPrice; quantityMilli: bigint },
  at: Date,
): Promise<Result<Nanos>> {
  const unitPrice =
    price.sku === null ? ({ amount: price.hourly, unit: "hour" } as const) : await inForce(tx, price.sku, at);
  if (!unitPrice) return refused("invalid", `sku ${price.sku} has no price in force; set one first`, "sku");
  const hour = chargeFor({ price: unitPrice.amount, unit: unitPrice.unit, durationMs: UNIT_MS.hour, quantityMilli });
  if (hour !== null) return done(hour);
  const path = price.sku === null ? "hourly" : "quantity";
  return refused("invalid", `${path} makes an hour cost more than ${dollarsExact(CHARGE_MAX)}, the most allowed`, path);
}

async function inForce(tx: Tx, sku: string, at: Date) {
  const [price] = await tx
    .select({ amount: prices.amount, unit: prices.unit })
    .from(prices)
    .where(and(eq(prices.sku, sku), lte(prices.effectiveFrom, at)))
    .orderBy(desc(prices.effectiveFrom))
    .limit(1);
  return price ?? null;
}
