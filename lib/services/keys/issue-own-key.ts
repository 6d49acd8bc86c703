import { and, eq, isNull, sql } from "drizzle-orm";
import { apiKeys } from "@/db/schema/keys";
import type { AccountRef } from "@/lib/ledger/wallet";
import type { Context } from "@/lib/services/context";
import { printable } from "@/lib/services/names";
import { done, type Result, refused } from "@/lib/services/result";
import { inTransaction } from "@/lib/services/retried";
import { hashOf, newKey } from "./api-keys";
import { KEY_NAME_MAX, OWN_KEYS_MAX } from "./own-keys";

const TAIL = 4;

/**
 * Makes a customer a key of their own, which reads what belongs to their account and nothing else. The key itself is
 * in this answer and nowhere afterwards. Refuses `invalid` names, and a key beyond the most that one may have.
 */
export async function issueOwnKey(
  ctx: Context,
  { account, name: typed }: { account: AccountRef; name: string },
): Promise<Result<{ key: string }>> {
  const name = typed.trim();
  if (name === "" || name.length > KEY_NAME_MAX || !printable.test(name)) {
    return refused("invalid", `Give the key a name of 1 to ${KEY_NAME_MAX} characters, by which you know it.`, "name");
  }
  return inTransaction(ctx, async (tx): Promise<Result<{ key: string }>> => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`keys:${account.id}`}, 0))`);
    const mine = and(eq(apiKeys.accountId, account.id), eq(apiKeys.lane, account.lane), isNull(apiKeys.revokedAt));
    const live = await tx.select({ name: apiKeys.name }).from(apiKeys).where(mine);
    if (live.length >= OWN_KEYS_MAX) {
      return refused("invalid", `You have ${OWN_KEYS_MAX} keys, the most there may be; revoke one first.`, "name");
    }
    const key = newKey();
    await tx.insert(apiKeys).values({
      hash: hashOf(key),
      name,
      scopes: "read",
      createdAt: ctx.clock(),
      lane: account.lane,
      accountId: account.id,
      tail: key.slice(-TAIL),
    });
    return done({ key });
  });
}
