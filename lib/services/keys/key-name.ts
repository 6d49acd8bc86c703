import { createHash } from "node:crypto";
import { eq } from "drizzle-orm";
import { apiKeys } from "@/db/schema/keys";
import type { Context } from "@/lib/services/context";

/** What a key was called when it was made, for the audit log; null when it is unknown. */
export async function keyName(ctx: Context, key: string): Promise<string | null> {
  const hash = createHash("sha256").update(key).digest("hex");
  const [row] = await ctx.db.select({ name: apiKeys.name }).from(apiKeys).where(eq(apiKeys.hash, hash));
  return row?.name ?? null;
}
