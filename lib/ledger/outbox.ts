import type { TransactionSql } from "postgres";
import { accrue } from "@/lib/money/accrual";
import { dayText } from "@/lib/programs/effects";
import type { WalletEffects } from "./effects";
import { arrayLiteral, textArrayLiteral } from "./sql-arrays";
import type { TemplateBook } from "./templates";
import type { AccountRef } from "./wallet";

/** What is handed over to a beneficiary. */
interface Owed {
  lane: number;
  to: AccountRef;
  program: string;
  /** As an `Earning` has it. */
  template: string;
  accrual: bigint;
  use: TemplateUse | null;
}

/** Use of a template on one day. */
interface TemplateUse {
  day: string;
  runtimeMs: bigint;
  spend: bigint;
  /** The others who ran it. */
  users: Set<string>;
}

/**
 * Hands over what a batch accrued for others: commission by referrer, use and royalty by template and day. Rows are
 * only added; the sweep gathers them at the beneficiary, in the order of their ids.
 */
export async function writeOutbox(
  raw: TransactionSql,
  changed: readonly WalletEffects[],
  templates: TemplateBook,
): Promise<void> {
  const owed = new Map<string, Owed>();
  for (const { wallet, effects } of changed) {
    const { account, referral } = wallet;
    if (referral && referral.hold !== "refused" && effects.commission !== 0n) {
      const { referrer: to, program, part } = referral;
      const template = referral.hold === "held" ? referral.id : part;
      const key = `${account.lane}|${to.id}|${program}|${template}`;
      const row = owed.get(key);
      if (row) row.accrual += effects.commission;
      else owed.set(key, { lane: account.lane, to, program, template, accrual: effects.commission, use: null });
    }
    for (const [template, { pin, usedByOthers, days }] of effects.templates) {
      for (const [day, { runtimeMs, spend }] of days) {
        const key = `${template}|${day}`;
        let row = owed.get(key);
        if (!row) {
          const use = { day: dayText(day), runtimeMs: 0n, spend: 0n, users: new Set<string>() };
          const to = templates.creator(template);
          row = { lane: account.lane, to, program: "template-beta", template, accrual: 0n, use };
          owed.set(key, row);
        }
        row.accrual += accrue(spend, pin.rate);
        if (!row.use) continue;
        row.use.runtimeMs += runtimeMs;
        row.use.spend += spend;
        if (usedByOthers) row.use.users.add(account.id);
      }
    }
  }
  if (owed.size > 0) await insertRows(raw, [...owed.values()]);
}

async function insertRows(raw: TransactionSql, rows: readonly Owed[]): Promise<void> {
  await raw.unsafe(
    `insert into accrual_outbox
       (lane, beneficiary_lane, beneficiary_id, program, template, accrual, day, runtime_ms, spend, users)
     select unnest($1::smallint[]), unnest($2::smallint[]), unnest($3::uuid[]), unnest($4::text[]), unnest($5::text[]),
            unnest($6::numeric[]), unnest($7::date[]), unnest($8::bigint[]), unnest($9::bigint[]),
            unnest($10::text[])::uuid[]`,
    [
      arrayLiteral(rows.map(({ lane }) => lane)),
      arrayLiteral(rows.map(({ to }) => to.lane)),
      arrayLiteral(rows.map(({ to }) => to.id)),
      textArrayLiteral(rows.map(({ program }) => program)),
      textArrayLiteral(rows.map(({ template }) => template)),
      arrayLiteral(rows.map(({ accrual }) => accrual)),
      arrayLiteral(rows.map(({ use }) => use?.day ?? "NULL")),
      arrayLiteral(rows.map(({ use }) => use?.runtimeMs ?? 0n)),
      arrayLiteral(rows.map(({ use }) => use?.spend ?? 0n)),
      textArrayLiteral(rows.map(({ use }) => (use ? arrayLiteral([...use.users]) : null))),
    ],
    { prepare: true },
  );
}
