import type { TransactionSql } from "postgres";
import { creditMoves } from "@/lib/ledger/credit-moves";
import { nanos } from "@/lib/money/nanos";
import { type Ending, lapsesOf } from "@/lib/programs/lapses";
import { type Lot, replayLots } from "@/lib/programs/lots";

interface EndingRow {
  seq: string;
  bucket: "promo" | "earned";
  expired: string;
  open: boolean;
  reward_id: string | null;
  reward_left: string;
}

interface Differing {
  what: string;
  expected: string;
  found: string;
}

/**
 * Replays the credit of every account that has some that does not last: of each lot as much expired as is written, of
 * that lot alone, and of what was looked at when its time had come nothing is left to expire.
 */
export async function differingExpiries(sql: TransactionSql): Promise<Differing[]> {
  const differences: Differing[] = [];
  const accounts = await sql<{ lane: number; id: string }[]>`
    select distinct lane, account_id as id from credit_expiries order by 1, 2`;
  for (const account of accounts) {
    const rows = await sql<EndingRow[]>`
      select x.seq, x.bucket, x.expired, x.open, x.reward_id,
             case when r.posted then r.amount - r.expired else 0 end as reward_left
        from credit_expiries x
        left join rewards r on r.lane = x.lane and r.account_id = x.account_id and r.id = x.reward_id
       where x.lane = ${account.lane} and x.account_id = ${account.id} order by x.expires_at, x.seq`;
    try {
      const { lots } = replayLots(await creditMoves(sql, account));
      differences.push(...problemsOf(account.id, lots, rows));
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      differences.push({ what: `credit of ${account.id}`, expected: "no more drawn than came", found: error.message });
    }
  }
  return differences;
}

function problemsOf(account: string, lots: readonly Lot[], rows: readonly EndingRow[]): Differing[] {
  const written = rows.map((row) => {
    const lot = lots.find(({ seq, bucket }) => String(seq) === row.seq && bucket === row.bucket);
    return { what: `credit ${row.seq} of ${account}`, expected: `${lot?.expired ?? "no lot"}`, found: row.expired };
  });
  const closed = rows.flatMap(({ seq, bucket, open, reward_id, reward_left }): Ending[] => {
    const reward = reward_id === null ? null : { id: reward_id, left: nanos(BigInt(reward_left)) };
    return open ? [] : [{ seq: BigInt(seq), bucket, reward }];
  });
  const late = lapsesOf(lots, closed).map(({ ending: { seq }, amount }) => ({
    what: `credit ${seq} of ${account}, left after its time`,
    expected: "0",
    found: String(amount),
  }));
  return [...written, ...late].filter(({ expected, found }) => expected !== found);
}
