import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { accountOwners, accounts } from "@/db/schema/accounts";
import { users } from "@/db/schema/identity";
import type { AccountRef } from "@/lib/ledger/wallet";
import { notifyChanged } from "@/lib/live/notify";
import type { Context } from "@/lib/services/context";
import { done, type Result, refused } from "@/lib/services/result";
import { firstNameIn } from "./first-name";
import { readPersonName } from "./person-name";

/**
 * Gives an account and its person another name, or none: what receipts and operators call them. Where its first word
 * cannot be shown to strangers, showing it is not allowed any more, so that no later name is shown unasked. The name
 * they have changes nothing. Refuses what cannot be a name, and any for a closed account (`invalid`).
 */
export async function renameAccount(
  ctx: Context,
  { account, name: typed }: { account: AccountRef; name: string },
): Promise<Result<{ name: string | null }>> {
  const name = readPersonName(typed);
  if (!name.ok) return name;
  const renamed = await ctx.db.transaction((tx) => rename(tx, account, name.value, ctx.clock()));
  if (renamed.ok && renamed.created) notifyChanged(ctx.db, [account.id]);
  return renamed;
}

async function rename(
  tx: Tx,
  { lane, id }: AccountRef,
  name: string | null,
  now: Date,
): Promise<Result<{ name: string | null }>> {
  const ownRow = and(eq(accounts.lane, lane), eq(accounts.id, id));
  // Whoever closes this account waits here, or is waited for: a person that is forgotten gets no name afterwards.
  const [before] = await tx
    .select({ name: accounts.name, shown: accounts.firstNameShown, status: accounts.status })
    .from(accounts)
    .where(ownRow)
    .for("update");
  if (!before) return refused("not_found", "There is no such account.");
  if (before.status === "closed") return refused("invalid", "This account is closed and has no name any more.", "name");
  const owner = tx
    .select({ userId: accountOwners.userId })
    .from(accountOwners)
    .where(and(eq(accountOwners.lane, lane), eq(accountOwners.accountId, id)));
  await tx.update(users).set({ name }).where(inArray(users.id, owner));
  if (before.name === name) return done({ name }, false);
  const firstNameShown = before.shown && firstNameIn(name) !== null;
  await tx.update(accounts).set({ name, firstNameShown, updatedAt: now }).where(ownRow);
  return done({ name });
}
