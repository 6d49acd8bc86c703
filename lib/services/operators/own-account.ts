import { and, eq, sql } from "drizzle-orm";
import type { Queryable } from "@/db/client";
import { accountOwners, accounts } from "@/db/schema/accounts";
import { users } from "@/db/schema/identity";
import type { AccountRef } from "@/lib/ledger/wallet";

/** Whether an account is that of the operator who acts on it, by its owner or by its address. */
export async function isOwnAccount(db: Queryable, { lane, id }: AccountRef, actor: string): Promise<boolean> {
  const [row] = await db
    .select({ id: accounts.id })
    .from(accounts)
    .leftJoin(accountOwners, and(eq(accountOwners.lane, accounts.lane), eq(accountOwners.accountId, accounts.id)))
    .leftJoin(users, eq(users.id, accountOwners.userId))
    .where(
      and(
        eq(accounts.lane, lane),
        eq(accounts.id, id),
        sql`${actor} in (lower(${accounts.email}), lower(${users.email}))`,
      ),
    );
  return row !== undefined;
}
