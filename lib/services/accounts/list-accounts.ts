import type { Db } from "@/db/client";
import type { AccountRef } from "@/lib/ledger/wallet";

export interface ListAccounts {
  email?: string;
  /** Accounts whose record or numbers changed at or after it. */
  updatedSince?: Date;
  /** Nobody but this one. */
  only?: AccountRef;
  limit: number;
  /** The id after which the page begins. */
  after?: string;
}

/** Accounts by id, which is the order they were made in. */
export async function listAccounts(
  db: Db,
  { email, updatedSince, only, limit, after }: ListAccounts,
): Promise<AccountRef[]> {
  const sql = db.$client;
  return sql<AccountRef[]>`
    select a.lane, a.id from accounts a
      join wallets w on w.lane = a.lane and w.account_id = a.id
     where true
       ${email === undefined ? sql`` : sql`and a.email = ${email.trim().toLowerCase()}`}
       ${updatedSince === undefined ? sql`` : sql`and greatest(a.updated_at, w.touched_at) >= ${updatedSince.toISOString()}`}
       ${only === undefined ? sql`` : sql`and a.lane = ${only.lane} and a.id = ${only.id}`}
       ${after === undefined ? sql`` : sql`and a.id > ${after}`}
     order by a.id limit ${limit}`;
}
