import type { TransactionSql } from "postgres";
import { runtimeMissing } from "@/lib/programs/gates";
import { arrayLiteral, textArrayLiteral } from "./sql-arrays";
import type { TermsBook } from "./terms-book";
import type { AccountRef } from "./wallet";

/** What one source, a program or a template, handed over to a beneficiary since the last sweep. */
export interface OwedRow {
  account_id: string;
  program: string;
  template: string;
  accrual: string;
  /** The template's runtime afterwards, what of it came now, and the most it was meanwhile; null for commission. */
  runtime_ms: string | null;
  gathered_ms: string | null;
  peak_ms: string | null;
}

/**
 * Takes what waits for these beneficiaries out of the outbox, each row once, and adds the use of their templates to
 * what templates gathered. A template's gate is met if its runtime ever reached it, also where events taken back
 * since lie in the same rows. The beneficiaries' wallets are locked, so nobody else gathers the same templates.
 */
export async function takeOwed(
  raw: TransactionSql,
  beneficiaries: readonly AccountRef[],
  { book, at }: { book: TermsBook; at: Date },
): Promise<OwedRow[]> {
  const rows = await raw<OwedRow[]>`
    with taken as (
      delete from accrual_outbox where beneficiary_id = any(${arrayLiteral(beneficiaries.map(({ id }) => id))}::uuid[])
      returning id, beneficiary_lane as lane, beneficiary_id, program, template, accrual, day, runtime_ms, spend, users),
    days as (
      insert into template_days as d (lane, template, day, runtime_ms, spend)
      select lane, template, day, sum(runtime_ms), sum(spend) from taken where day is not null group by 1, 2, 3
      on conflict (template, day, lane) do update
         set runtime_ms = d.runtime_ms + excluded.runtime_ms, spend = d.spend + excluded.spend),
    fresh as (
      insert into template_users (lane, template, account_id)
      select distinct lane, template, account_id from taken cross join unnest(users) as account_id
      on conflict do nothing returning template),
    totals as (
      insert into template_totals as t (lane, template, runtime_ms, spend, users)
      select lane, template, sum(runtime_ms), sum(spend),
             (select count(*) from fresh where fresh.template = taken.template)
        from taken where day is not null group by 1, 2
      on conflict (lane, template) do update
         set runtime_ms = t.runtime_ms + excluded.runtime_ms, spend = t.spend + excluded.spend,
             users = t.users + excluded.users
      returning template, runtime_ms),
    running as (
      select template, runtime_ms, sum(runtime_ms) over (partition by template order by id) as so_far
        from taken where day is not null),
    gathered as (
      select template, sum(runtime_ms) as gathered_ms, max(so_far) as peak_ms from running group by 1)
    select o.*, totals.runtime_ms, gathered.gathered_ms, gathered.peak_ms
      from (select beneficiary_id as account_id, program, template, sum(accrual) as accrual from taken
             group by 1, 2, 3) o
      left join totals on o.program = 'template-beta' and totals.template = o.template
      left join gathered on gathered.template = totals.template
     order by 1, 2, 3`;
  await meetGates(raw, rows, { book, at });
  return rows;
}

/** Marks the gates that were reached; once met they stay met. */
async function meetGates(
  raw: TransactionSql,
  rows: readonly OwedRow[],
  { book, at }: { book: TermsBook; at: Date },
): Promise<void> {
  const most = new Map<string, bigint>();
  for (const { template, runtime_ms, gathered_ms, peak_ms } of rows) {
    if (runtime_ms === null) continue;
    const before = BigInt(runtime_ms) - BigInt(gathered_ms ?? 0);
    const peak = before + BigInt(peak_ms ?? 0);
    most.set(template, peak > before ? peak : before);
  }
  if (most.size === 0) return;
  const open = await raw<{ external_id: string; terms_id: number }[]>`
    select external_id, terms_id from templates
     where external_id = any(${textArrayLiteral([...most.keys()])}::text[]) and gate_met_at is null`;
  await book.loadIds(
    raw,
    open.map(({ terms_id }) => terms_id),
  );
  const met = open.filter(
    ({ external_id, terms_id }) => runtimeMissing(most.get(external_id) ?? 0n, book.royalty(terms_id).gateMs) === 0n,
  );
  if (met.length === 0) return;
  await raw`
    update templates set gate_met_at = ${at.toISOString()}
     where external_id = any(${textArrayLiteral(met.map(({ external_id }) => external_id))}::text[])`;
}
