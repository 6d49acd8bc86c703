import { and, eq } from "drizzle-orm";
import { accounts } from "@/db/schema/accounts";
import type { AccountRef } from "@/lib/ledger/wallet";
import type { Context } from "@/lib/services/context";
import { done, type Result, refused } from "@/lib/services/result";

/** Lets those who follow an account's link see the first word of its name, or not. */
export async function showFirstName(
  ctx: Context,
  { account, shown }: { account: AccountRef; shown: boolean },
): Promise<Result<{ shown: boolean }>> {
  const [written] = await ctx.db
    .update(accounts)
    .set({ firstNameShown: shown, updatedAt: ctx.clock() })
    .where(and(eq(accounts.lane, account.lane), eq(accounts.id, account.id)))
    .returning({ id: accounts.id });
  return written ? done({ shown }) : refused("not_found", "There is no such account.");
}
