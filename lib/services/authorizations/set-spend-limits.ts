import { and, eq } from "drizzle-orm";
import { accounts } from "@/db/schema/accounts";
import type { AccountRef } from "@/lib/ledger/wallet";
import { dollarsExact } from "@/lib/money/format";
import { MAX_DEPOSIT, type Nanos } from "@/lib/money/nanos";
import type { Context } from "@/lib/services/context";
import { done, type Result, refused } from "@/lib/services/result";

/** The most an account's owner wants spent, in UTC days and months; null for no limit. Zero lets no new work start. */
export interface SpendLimits {
  dayMax: Nanos | null;
  monthMax: Nanos | null;
}

/**
 * Sets from when on new work is refused. Work that runs goes on, and what it uses is charged. Refuses `invalid`
 * amounts: below zero, above $10,000,000, a day's above its month's.
 */
export async function setSpendLimits(
  ctx: Context,
  { account, dayMax, monthMax }: SpendLimits & { account: AccountRef },
): Promise<Result<SpendLimits>> {
  for (const [path, most] of [["dayMax", dayMax] as const, ["monthMax", monthMax] as const]) {
    if (most !== null && (most < 0n || most > MAX_DEPOSIT)) {
      return refused("invalid", `Choose an amount from $0 to ${dollarsExact(MAX_DEPOSIT)}, or none.`, path);
    }
  }
  if (dayMax !== null && monthMax !== null && dayMax > monthMax) {
    return refused("invalid", `A day's limit is not above the month's, which is ${dollarsExact(monthMax)}.`, "dayMax");
  }
  const [written] = await ctx.db
    .update(accounts)
    .set({ spendDayMax: dayMax, spendMonthMax: monthMax, updatedAt: ctx.clock() })
    .where(and(eq(accounts.lane, account.lane), eq(accounts.id, account.id)))
    .returning({ id: accounts.id });
  return written ? done({ dayMax, monthMax }, false) : refused("not_found", "There is no such account.");
}
