import "server-only";
import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { connection } from "next/server";
import { db } from "@/db/client";
import { accrualOutbox, earnings } from "@/db/schema/programs";
import { type Accrual, accrual, sumAccruals } from "@/lib/money/accrual";
import { accrualText, amountText } from "@/lib/money/format";
import { type Nanos, nanos, sum, ZERO } from "@/lib/money/nanos";
import type { AccountKey } from "./account-key";

/** What a program owes somebody. Exact decimal dollars. */
export interface Earned {
  /** Exact and live, up to thirteen digits: what the last sweep knew and what is still on its way to it. */
  accrued: string;
  /** Waits for a gate or a review, as of the last sweep. */
  pending: string;
  /** In *earned* credit, as of the last sweep. */
  released: string;
}

/** What commission is pending for, as of the last sweep; together all that is pending. Exact decimal dollars. */
export interface PendingFor {
  /** The review of the pairs it comes of. */
  review: string;
  /** The gate of the beta terms. */
  gate: string;
}

interface Owed {
  accrued: Accrual;
  pending: Nanos;
  released: Nanos;
}

interface OwedRow extends Record<string, unknown> {
  key: string;
  accrued: string;
  pending: string;
  released: string;
}

export const nothingEarned: Earned = { accrued: "0", pending: "0", released: "0" };

/** Whether a part of commission is that of one pair in review; see `commissionPart`. */
export const isPairInReview = (part: SQLWrapper): SQL => sql`(${part} <> '' and ${part} not like 'version:%')`;

/** One statement, so that a sweep that moves an accrual from one table to the other is seen before or after, never between. */
async function owedTo(account: AccountKey, key: SQL, where: SQL): Promise<Map<string, Owed>> {
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
    rows.map(({ key: name, accrued, pending, released }) => [
      name,
      {
        accrued: accrual(BigInt(accrued)),
        pending: nanos(BigInt(pending)),
        released: nanos(BigInt(released)),
      },
    ]),
  );
}

/** Together. */
const toEarned = (owed: readonly Owed[]): Earned => ({
  accrued: accrualText(sumAccruals(owed.map(({ accrued }) => accrued))),
  pending: amountText(sum(owed.map(({ pending }) => pending))),
  released: amountText(sum(owed.map(({ released }) => released))),
});

/** Commissions of an account, over all programs that pay them. */
export async function commissionEarned(account: AccountKey): Promise<Earned & { pendingFor: PendingFor }> {
  const part = sql`case when ${isPairInReview(sql.identifier("template"))} then 'review' else 'gate' end`;
  const owed = await owedTo(account, part, sql`program <> 'template-beta'`);
  const pendingFor = (what: keyof PendingFor) => amountText(owed.get(what)?.pending ?? ZERO);
  return {
    ...toEarned([...owed.values()]),
    pendingFor: { review: pendingFor("review"), gate: pendingFor("gate") },
  };
}

/** Royalties of an account, over all its templates. */
export async function royaltiesEarned(account: AccountKey): Promise<Earned> {
  const owed = await owedTo(account, sql`'all'`, sql`program = 'template-beta'`);
  return toEarned([...owed.values()]);
}

/** Royalties of an account by template; those that earned nothing yet are absent. */
export async function royaltiesByTemplate(
  account: AccountKey,
  templates: readonly string[],
): Promise<Map<string, Earned>> {
  if (templates.length === 0) return new Map();
  const owed = await owedTo(account, sql`template`, sql`program = 'template-beta' and template in ${templates}`);
  return new Map([...owed].map(([template, each]) => [template, toEarned([each])]));
}
