import { and, eq, sql } from "drizzle-orm";
import { apiKeys } from "@/db/schema/keys";
import type { AccountRef } from "@/lib/ledger/wallet";
import type { Context } from "@/lib/services/context";
import { done, type Result, refused } from "@/lib/services/result";

/**
 * Ends a customer's own key, within a second, for ever; one that was revoked before stays so. Refuses as `not_found`
 * what is no key of this account.
 */
export async function revokeOwnKey(
  ctx: Context,
  { account, id }: { account: AccountRef; id: string },
): Promise<Result<{ name: string }>> {
  const [revoked] = await ctx.db
    .update(apiKeys)
    .set({ revokedAt: sql`coalesce(${apiKeys.revokedAt}, ${ctx.clock().toISOString()}::timestamptz)` })
    .where(and(eq(apiKeys.hash, id), eq(apiKeys.accountId, account.id), eq(apiKeys.lane, account.lane)))
    .returning({ name: apiKeys.name });
  return revoked ? done(revoked, false) : refused("not_found", "You have no such key; reload the page to see yours.");
}
