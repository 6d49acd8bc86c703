import { and, eq } from "drizzle-orm";
import type { Queryable } from "@/db/client";
import { accounts } from "@/db/schema/accounts";
import type { AccountRef } from "@/lib/ledger/wallet";

/** The name an account is shown by. @throws Error when there is no such account. */
export async function externalIdOf(db: Queryable, { lane, id }: AccountRef): Promise<string> {
  const [account] = await db
    .select({ externalId: accounts.externalId })
    .from(accounts)
    .where(and(eq(accounts.lane, lane), eq(accounts.id, id)));
  if (!account) throw new Error(`Account ${id} is not there`);
  return account.externalId;
}
