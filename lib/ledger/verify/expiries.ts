import type { TransactionSql } from "postgres";
import { creditMoves } from "@/lib/ledger/credit-moves";
import { replayLots } from "@/lib/programs/lots";

interface LotRow {
  seq: string;
  bucket: string;
  expired: string;
  open: boolean;
  /** Its reward is posted and has something left that could expire; true for a grant. */
  may_expire: boolean;
}

/**
 * Replays the credit of every account that has some that does not last: of each lot as much expired as is written, of
 * that lot alone, and of what was looked at when its time had come nothing is left.
 */
export async function differingExpiries(
  sql: TransactionSql,
): Promise<{ what: string; expected: string; found: string }[]> {
  const differences: { what: string; expected: string; found: string }[] = [];
  const accounts = await sql<{ lane: number; id: string }[]>`
    select distinct lane, account_id as id from credit_expiries order by 1, 2`;
  for (const account of accounts) {
    const rows = await sql<LotRow[]>`
      select x.seq, x.bucket, x.expired, x.open, r.id is null or (r.posted and r.expired < r.amount) as may_expire
        from credit_expiries x
        left join rewards r on r.lane = x.lane and r.account_id = x.account_id and r.id = x.reward_id
       where x.lane = ${account.lane} and x.account_id = ${account.id}`;
    try {
      const { lots } = replayLots(await creditMoves(sql, account));
      for (const row of rows) {
        const lot = lots.find(({ seq, bucket }) => String(seq) === row.seq && bucket === row.bucket);
        const left = !row.open && row.may_expire ? (lot?.left ?? 0n) : 0n;
        if (lot && String(lot.expired) === row.expired && left === 0n) continue;
        const what = `credit ${row.seq} of ${account.id}`;
        differences.push({
          what,
          expected: `${lot?.expired ?? "a lot"} expired`,
          found: `${row.expired}, ${left} left`,
        });
      }
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      differences.push({ what: `credit of ${account.id}`, expected: "no more drawn than came", found: error.message });
    }
  }
  return differences;
}
