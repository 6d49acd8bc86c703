import type { Sql } from "postgres";
import { attachedMonths, tableOf } from "./partitions";
import { showPutAway } from "./views";

/**
 * Attaches the month that was put away last, so that its events can be corrected and explained again. As the database's
 * owner. @throws Error when it is not put away, not the last one, or its rows are no longer here.
 */
export async function bringBack(sql: Sql, month: string): Promise<void> {
  const [last] = await sql<{ month: string; until: string; here: boolean }[]>`
    select month, until::text as until, to_regclass('put_away.usage_events_' || replace(month, '-', '_')) is not null as here
      from months_put_away m order by m.until desc limit 1`;
  if (!last) throw new Error("No month is put away.");
  if (last.month !== month) throw new Error(`Only what was put away last can be brought back: ${last.month}.`);
  if (!last.here) throw new Error(`The events of ${month} are not in the schema put_away: restore them first.`);
  const [, before] = await sql<{ until: string }[]>`
    select until::text as until from months_put_away m order by m.until desc limit 2`;
  const table = tableOf(month);
  const { until } = last;
  const from = before ? `'${before.until}'` : "minvalue";
  // Checked before the lock, so that attaching need not read the rows.
  const bound = before ? `posted_at >= ${from} and posted_at < '${until}'` : `posted_at < '${until}'`;
  await sql.unsafe(`alter table put_away.${table} drop constraint if exists usage_events_within`);
  await sql.unsafe(`alter table put_away.${table} add constraint usage_events_within check (${bound})`);
  await sql.begin(async (raw) => {
    await raw`set local lock_timeout = '5s'`;
    await raw`delete from months_put_away where month = ${month}`;
    await raw`delete from usage_put_away where month = ${month}`;
    await raw.unsafe(`drop view put_away.ledger_entries, put_away.usage_put_away, put_away.usage_events;
      alter table put_away.${table} set schema months;
      drop trigger if exists usage_events_append_only on months.${table};
      revoke all on months.${table} from tenspot_web, tenspot_worker, tenspot_reader;
      alter table usage_events attach partition months.${table} for values from (${from}) to ('${until}')`);
    await showPutAway(raw);
  });
  if ((await attachedMonths(sql)).every((each) => each.month !== month)) throw new Error(`${month} was not attached`);
}
