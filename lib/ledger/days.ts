import type { TransactionSql } from "postgres";
import type { Nanos } from "@/lib/money/nanos";
import { services } from "@/lib/programs/account";
import { type DayNumber, type DayTotals, dayText } from "@/lib/programs/effects";
import type { WalletEffects } from "./effects";
import { arrayLiteral } from "./sql-arrays";
import type { AccountRef } from "./wallet";

/** Charges to add to a day that the wallet does not keep. */
interface DayRow extends DayTotals {
  account: AccountRef;
  day: DayNumber;
}

/**
 * Adds the charges of each day to where they belong. The wallet itself keeps the latest day, so that the flood writes
 * no row of its own for it; when a later day begins, the one before goes to `usage_days`, and late charges go there
 * at once.
 * @returns what is to be added there, each day once
 */
export function turnDays({ wallet: { account, state }, effects }: WalletEffects): DayRow[] {
  const rows: DayRow[] = [];
  const days = effects.days.size > 1 ? [...effects.days].sort(([a], [b]) => a - b) : effects.days;
  for (const [day, totals] of days) {
    const { openDay, openDayTotals } = state;
    if (openDay !== null && day < openDay) rows.push({ account, day, ...totals });
    else if (day === openDay) {
      openDayTotals.events += totals.events;
      for (const service of services) {
        openDayTotals.charged[service] = (openDayTotals.charged[service] + totals.charged[service]) as Nanos;
      }
    } else {
      if (openDay !== null) rows.push({ account, day: openDay, ...openDayTotals });
      state.openDay = day;
      state.openDayTotals = totals;
    }
  }
  return rows;
}

export async function writeDays(raw: TransactionSql, rows: readonly DayRow[]): Promise<void> {
  if (rows.length === 0) return;
  await raw.unsafe(
    `insert into usage_days as d (lane, account_id, day, events, charged_pod, charged_serverless, charged_storage)
     select * from unnest($1::smallint[], $2::uuid[], $3::date[], $4::int[], $5::bigint[], $6::bigint[], $7::bigint[])
     on conflict (lane, account_id, day) do update
        set events = d.events + excluded.events, charged_pod = d.charged_pod + excluded.charged_pod,
            charged_serverless = d.charged_serverless + excluded.charged_serverless,
            charged_storage = d.charged_storage + excluded.charged_storage`,
    [
      arrayLiteral(rows.map(({ account }) => account.lane)),
      arrayLiteral(rows.map(({ account }) => account.id)),
      arrayLiteral(rows.map(({ day }) => dayText(day))),
      arrayLiteral(rows.map(({ events }) => events)),
      arrayLiteral(rows.map(({ charged }) => charged.pod)),
      arrayLiteral(rows.map(({ charged }) => charged.serverless)),
      arrayLiteral(rows.map(({ charged }) => charged.storage)),
    ],
    { prepare: true },
  );
}
