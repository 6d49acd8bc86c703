import { desc, eq, sql } from "drizzle-orm";
import { prices } from "@/db/schema/usage";
import type { Nanos } from "@/lib/money/nanos";
import type { Service } from "@/lib/programs/account";
import type { PriceUnit } from "@/lib/programs/pricing";
import type { Context } from "@/lib/services/context";
import { done, type Result, refused } from "@/lib/services/result";
import { inTransaction } from "@/lib/services/retried";

export type Price = typeof prices.$inferSelect;

export interface SetPrice {
  sku: string;
  service: Service;
  unit: PriceUnit;
  /** Per unit; zero or above. */
  amount: Nanos;
  /** Now when absent. In the past only for a sku's first price. */
  effectiveFrom?: Date;
}

/**
 * Adds a version to the rate card. What events cost is never changed afterwards: only the first price of a sku may
 * begin in the past, later ones begin now or later. The same content again, of the version that begins at the instant
 * named or else of the one in force, changes nothing.
 */
export async function setPrice(ctx: Context, input: SetPrice): Promise<Result<Price>> {
  const now = ctx.clock();
  return inTransaction(ctx, async (tx): Promise<Result<Price>> => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`sku:${input.sku}`}, 0))`);
    const versions = await tx
      .select()
      .from(prices)
      .where(eq(prices.sku, input.sku))
      .orderBy(desc(prices.effectiveFrom));
    const effectiveFrom = input.effectiveFrom ?? now;
    const there = input.effectiveFrom
      ? versions.find((version) => version.effectiveFrom.getTime() === effectiveFrom.getTime())
      : versions.find((version) => version.effectiveFrom <= now);
    if (there && isSame(there, input)) return done(there, false);
    const [last] = versions;
    if (last && last.service !== input.service) {
      return refused("invalid", `sku ${input.sku} is ${last.service}; use another sku for another service`, "service");
    }
    if (last && effectiveFrom < now) {
      return refused(
        "invalid",
        "only the first price of a sku may begin in the past; leave effectiveFrom out",
        "effectiveFrom",
      );
    }
    if (versions.some((version) => version.effectiveFrom.getTime() === effectiveFrom.getTime())) {
      return refused("conflict", "this sku has another price from the same instant", "effectiveFrom");
    }
    const { sku, service, unit, amount } = input;
    const [added] = await tx
      .insert(prices)
      .values({ sku, service, unit, amount, effectiveFrom, createdAt: now })
      .returning();
    if (!added) throw new Error(`The price of ${sku} was not written`);
    return done(added);
  });
}

const isSame = (version: Price, { service, unit, amount }: SetPrice): boolean =>
  version.service === service && version.unit === unit && version.amount === amount;
