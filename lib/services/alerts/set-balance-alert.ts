import { sql } from "drizzle-orm";
import { balanceAlerts } from "@/db/schema/balance-alerts";
import type { AccountRef } from "@/lib/ledger/wallet";
import { dollarsExact } from "@/lib/money/format";
import { MAX_DEPOSIT, type Nanos } from "@/lib/money/nanos";
import type { Context } from "@/lib/services/context";
import { done, type Result, refused } from "@/lib/services/result";

/**
 * Sets below how much credit an account's owner wants to be told; null for not at all. Whoever is below it already is
 * told within a minute. Refuses `invalid` amounts: zero, below it, or above $10,000,000.
 */
export async function setBalanceAlert(
  ctx: Context,
  { account, lowBelow }: { account: AccountRef; lowBelow: Nanos | null },
): Promise<Result<null>> {
  if (lowBelow !== null && (lowBelow <= 0n || lowBelow > MAX_DEPOSIT)) {
    return refused("invalid", `Choose an amount above $0, at most ${dollarsExact(MAX_DEPOSIT)}, or none.`, "lowBelow");
  }
  await ctx.db
    .insert(balanceAlerts)
    .values({ lane: account.lane, accountId: account.id, lowBelow })
    .onConflictDoUpdate({
      target: [balanceAlerts.lane, balanceAlerts.accountId],
      // Who wants to hear no more of it is not low any more, and that is no news.
      set: {
        lowBelow,
        ...(lowBelow === null
          ? { level: sql`case ${balanceAlerts.level} when 'low' then 'ok' else ${balanceAlerts.level} end` }
          : {}),
      },
    });
  return done(null);
}
