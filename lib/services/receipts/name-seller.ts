import { desc } from "drizzle-orm";
import { sellers } from "@/db/schema/receipts";
import type { Context } from "@/lib/services/context";

export interface Seller {
  name: string;
  /** Lines. */
  address: readonly string[];
  taxId: string | null;
}

/**
 * Says who sells from now on. What was issued before keeps who it named; the same again changes nothing.
 * @returns whether it was said anew
 */
export async function nameSeller(ctx: Context, { name, address, taxId }: Seller): Promise<boolean> {
  const [before] = await ctx.db.select().from(sellers).orderBy(desc(sellers.effectiveFrom)).limit(1);
  const same =
    before && JSON.stringify([before.name, before.address, before.taxId]) === JSON.stringify([name, address, taxId]);
  if (same) return false;
  // Several workers may start at once: the first of an instant says it.
  const said = await ctx.db
    .insert(sellers)
    .values({ effectiveFrom: ctx.clock(), name, address: [...address], taxId })
    .onConflictDoNothing()
    .returning();
  return said.length > 0;
}
