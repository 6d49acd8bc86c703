import { and, eq, isNull } from "drizzle-orm";
import { accountVisits } from "@/db/schema/accounts";
import type { AccountRef } from "@/lib/ledger/wallet";
import type { Context } from "@/lib/services/context";

/** Remembers that an account's owner watched the note of its bonus being drawn: from then on it is still. */
export async function markBonusSeen(ctx: Context, account: AccountRef): Promise<void> {
  const { lane, accountId, bonusSeenAt } = accountVisits;
  await ctx.db
    .update(accountVisits)
    .set({ bonusSeenAt: ctx.clock() })
    .where(and(eq(lane, account.lane), eq(accountId, account.id), isNull(bonusSeenAt)));
}
