import type { Db } from "@/db/client";
import { readPutAwayToo } from "@/lib/ledger/months/views";
import { checks } from "./checks";
import { differingDraws } from "./draws";
import { differingExpiries } from "./expiries";

export interface Difference {
  check: string;
  what: string;
  expected: string;
  found: string;
}

/** Differences listed for one check: enough to see what is wrong, bounded where everything is. */
const SHOWN_MAX = 1_000;

/**
 * Rebuilds every balance, accrual and rollup from the postings and the events, and every draw from its own data, in
 * one snapshot, and lists what differs. Months that are put away are read as well. Reads only; takes time in proportion
 * to history. @throws Error where a month that was put away is no longer in the database.
 */
export async function verify(db: Db): Promise<{ checks: number; differences: Difference[] }> {
  return db.$client.begin("isolation level repeatable read read only", async (sql) => {
    await readPutAwayToo(sql);
    const differences: Difference[] = [];
    for (const check of checks) {
      const rows = await sql.unsafe<{ what: string; expected: string | null; found: string | null }[]>(
        `select what, expected::text, found::text from (${check.sql}) differing limit ${SHOWN_MAX}`,
      );
      for (const { what, expected, found } of rows) {
        differences.push({ check: check.name, what, expected: expected ?? "nothing", found: found ?? "nothing" });
      }
    }
    const made = {
      "every draw is what its terms, its beacon and its id give": differingDraws,
      "what expired is what was left of its lot": differingExpiries,
    };
    for (const [check, differing] of Object.entries(made)) {
      for (const each of (await differing(sql)).slice(0, SHOWN_MAX)) differences.push({ check, ...each });
    }
    return { checks: checks.length + Object.keys(made).length, differences };
  });
}
