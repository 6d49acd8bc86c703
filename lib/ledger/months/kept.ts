import type { Sql, TransactionSql } from "postgres";
import type { AccountRef } from "@/lib/ledger/wallet";

/** What was asked reaches into usage events that are put away. */
export class UsagePutAway extends Error {
  constructor(account: AccountRef) {
    super(
      `This reaches back to usage of account ${account.id} that was put away. The operator brings it back by npm run months -- attach; then send the same again.`,
    );
  }
}

/** The instant before which everything of the account was put away; null where nothing is. */
export async function putAwayUntil(sql: Sql | TransactionSql, { lane, id }: AccountRef): Promise<Date | null> {
  const [row] = await sql<{ until_ms: string | null }[]>`
    select (extract(epoch from max(m.until)) * 1000)::bigint as until_ms
      from usage_put_away s join months_put_away m using (month) where s.lane = ${lane} and s.account_id = ${id}`;
  return row?.until_ms ? new Date(Number(row.until_ms)) : null;
}

/** Number of the account's last event that is put away: its books are read from behind it on. 0 where none is. */
export async function putAwayThrough(sql: Sql | TransactionSql, { lane, id }: AccountRef): Promise<bigint> {
  const [row] = await sql<{ seq: string }[]>`
    select seq from usage_put_away where lane = ${lane} and account_id = ${id} order by seq desc limit 1`;
  return BigInt(row?.seq ?? 0);
}
