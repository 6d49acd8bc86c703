import { and, eq } from "drizzle-orm";
import { accounts } from "@/db/schema/accounts";
import type { AccountRef } from "@/lib/ledger/wallet";
import { notifyChanged } from "@/lib/live/notify";
import type { Context } from "@/lib/services/context";
import { done, type Result, refused } from "@/lib/services/result";
import { audited } from "./audited";
import { isOwnAccount } from "./own-account";

export interface HoldAccount {
  account: AccountRef & { externalId: string };
  /** False lets it go on. */
  hold: boolean;
  /** E-mail of the operator. */
  actor: string;
  reason: string;
}

/**
 * Holds an account, so that no new work starts on it, or lets it go on. What runs already runs on and is charged, and
 * money still comes and goes. Refused for a closed account and for one's own (`invalid`); what is so already changes
 * nothing.
 */
export async function holdAccount(ctx: Context, { account, hold, actor, reason }: HoldAccount): Promise<Result<null>> {
  const act = hold ? "account.hold" : "account.release";
  const line = { actor, act, subject: account.externalId, reason, detail: {} };
  const own = and(eq(accounts.lane, account.lane), eq(accounts.id, account.id));
  const result = await audited(ctx, line, async ({ db, clock }): Promise<Result<null>> => {
    if (await isOwnAccount(db, account, actor)) {
      return refused("invalid", "This is your own account: another operator decides about it.");
    }
    const [found] = await db.select({ status: accounts.status }).from(accounts).where(own).for("update");
    if (!found) return refused("not_found", "There is no such account.");
    if (found.status === "closed") return refused("invalid", "Its owner has closed it: nothing can start on it.");
    const status = hold ? "held" : "active";
    if (found.status === status) return done(null, false);
    await db.update(accounts).set({ status, updatedAt: clock() }).where(own);
    return done(null);
  });
  if (result.ok && result.created) notifyChanged(ctx.db, [account.id]);
  return result;
}
