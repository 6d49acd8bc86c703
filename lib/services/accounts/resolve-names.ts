import type { TransactionSql } from "postgres";
import type { Db } from "@/db/client";
import { textArrayLiteral } from "@/lib/ledger/sql-arrays";
import type { AccountRef } from "@/lib/ledger/wallet";

/** Names are never taken away, so what was found once stays true; bounded so that memory does not grow for ever. */
const CACHED_NAMES_MAX = 500_000;
const caches = new WeakMap<Db, Map<string, AccountRef>>();

/** The accounts that `names` belong to; unknown names are absent. */
export async function resolveNames(
  db: Db,
  names: Iterable<string>,
  raw: Pick<TransactionSql, "unsafe"> = db.$client,
): Promise<Map<string, AccountRef>> {
  const cache = caches.get(db) ?? new Map<string, AccountRef>();
  caches.set(db, cache);
  const found = new Map<string, AccountRef>();
  const missing: string[] = [];
  for (const name of new Set(names)) {
    const account = cache.get(name);
    if (account) found.set(name, account);
    else missing.push(name);
  }
  if (missing.length === 0) return found;
  const rows = await raw.unsafe<{ name: string; lane: number; account_id: string }[]>(
    `select name, lane, account_id from account_names where name = any($1::text[])`,
    [textArrayLiteral(missing)],
    { prepare: true },
  );
  if (cache.size + rows.length > CACHED_NAMES_MAX) cache.clear();
  for (const { name, lane, account_id } of rows) {
    const account = { lane, id: account_id };
    found.set(name, account);
    // Inside a transaction the row may still be rolled back.
    if (raw === db.$client) cache.set(name, account);
  }
  return found;
}
