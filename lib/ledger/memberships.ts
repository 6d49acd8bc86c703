import type { TransactionSql } from "postgres";
import type { Membership } from "@/lib/programs/clusters";
import { arrayLiteral } from "./sql-arrays";

/** Whether any account ever was in a confirmed cluster: where none was, nothing more is asked. */
export async function anyMembership(raw: TransactionSql): Promise<boolean> {
  const rows = await raw.unsafe(`select 1 from cluster_joins limit 1`, [], { prepare: true });
  return rows.length > 0;
}

/** The confirmed clusters that accounts are or were in. Those in none are absent. */
export async function readMemberships(
  raw: TransactionSql,
  accountIds: readonly string[],
): Promise<Map<string, Membership[]>> {
  const rows = await raw<{ account_id: string; cluster_id: string; since_ms: string }[]>`
    select account_id, cluster_id, (extract(epoch from joined_at) * 1000)::bigint as since_ms
      from cluster_joins where account_id = any(${arrayLiteral(accountIds)}::uuid[])`;
  const memberships = new Map<string, Membership[]>();
  for (const { account_id, cluster_id, since_ms } of rows) {
    const membership = { clusterId: cluster_id, sinceMs: Number(since_ms) };
    const found = memberships.get(account_id);
    if (found) found.push(membership);
    else memberships.set(account_id, [membership]);
  }
  return memberships;
}
