import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { connection } from "next/server";
import { db } from "@/db/client";
import { accrualOutbox, earnings } from "@/db/schema/programs";
import { accrual } from "@/lib/money/accrual";
import { accrualText, amountText } from "@/lib/money/format";
import { nanos } from "@/lib/money/nanos";
import type { AccountKey } from "./account-key";

/** What a program owes somebody. Exact decimal dollars. */
export interface Earned {
  /** Exact and live, up to thirteen digits: what the last sweep knew and what is still on its way to it. */
  accrued: string;
  /** Waits for a gate, as of the last sweep. */
  pending: string;
  /** In *earned* credit, as of the last sweep. */
  released: string;
}

interface OwedRow extends Record<string, unknown> {
  key: string;
  accrued: string;
  pending: string;
  released: string;
}

export const nothingEarned: Earned = { accrued: "0", pending: "0", released: "0" };

/** One statement, so that a sweep that moves an accrual from one table to the other is seen before or after, never between. */
async function owedTo(account: AccountKey, key: SQL, where: SQL): Promise<Map<string, Earned>> {
  await connection();
  const rows = await db().execute<OwedRow>(sql`
    select ${key} as key, sum(accrued) as accrued, sum(pending) as pending, sum(released) as released
      from (select program, template, accrued, pending, released from ${earnings}
             where lane = ${account.lane} and account_id = ${account.id}
             union all
            select program, template, accrual, 0, 0 from ${accrualOutbox} where beneficiary_id = ${account.id}) owed
     where ${where}
     group by 1`);
  return new Map(
    rows.map((row) => [
      row.key,
      {
        accrued: accrualText(accrual(BigInt(row.accrued))),
        pending: amountText(nanos(BigInt(row.pending))),
        released: amountText(nanos(BigInt(row.released))),
      },
    ]),
  );
}

/** Commissions of an account, over all programs that pay them. */
export async function commissionEarned(account: AccountKey): Promise<Earned> {
  const owed = await owedTo(account, sql`'all'`, sql`program <> 'template-beta'`);
  return owed.get("all") ?? nothingEarned;
}

/** Royalties of an account, over all its templates. */
export async function royaltiesEarned(account: AccountKey): Promise<Earned> {
  const owed = await owedTo(account, sql`'all'`, sql`program = 'template-beta'`);
  return owed.get("all") ?? nothingEarned;
}

/** Royalties of an account by template; those that earned nothing yet are absent. */
export async function royaltiesByTemplate(
  account: AccountKey,
  templates: readonly string[],
): Promise<Map<string, Earned>> {
  if (templates.length === 0) return new Map();
  return owedTo(account, sql`template`, sql`program = 'template-beta' and template in ${templates}`);
}
