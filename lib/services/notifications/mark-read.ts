import { and, eq, isNull } from "drizzle-orm";
import { notifications } from "@/db/schema/notifications";
import type { AccountRef } from "@/lib/ledger/wallet";
import { notifyChanged } from "@/lib/live/notify";
import type { Context } from "@/lib/services/context";
import { done, type Result } from "@/lib/services/result";

/**
 * Marks what an account was told as read: one, or all of it. Changes nothing where there is nothing unread by that id.
 * @returns how many were unread
 */
export async function markRead(
  ctx: Context,
  { account, id }: { account: AccountRef; id?: string | undefined },
): Promise<Result<number>> {
  const rows = await ctx.db
    .update(notifications)
    .set({ readAt: ctx.clock() })
    .where(
      and(
        eq(notifications.lane, account.lane),
        eq(notifications.accountId, account.id),
        isNull(notifications.readAt),
        ...(id === undefined ? [] : [eq(notifications.id, id)]),
      ),
    )
    .returning({ id: notifications.id });
  // Their other screens count as well.
  if (rows.length > 0) notifyChanged(ctx.db, [account.id]);
  return done(rows.length, rows.length > 0);
}
