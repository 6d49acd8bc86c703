import type { TransactionSql } from "postgres";
import { tableOf } from "./partitions";

/**
 * Makes the schema `put_away` a face in which nothing is put away: who sets it before `public` in the search path reads
 * every event as if all months were attached. Made anew whenever what is put away changes.
 */
export async function showPutAway(raw: TransactionSql): Promise<void> {
  const months = await raw<{ month: string }[]>`
    select month from months_put_away where to_regclass('put_away.usage_events_' || replace(month, '-', '_')) is not null
     order by until`;
  const [entries] = await raw<{ definition: string }[]>`
    select pg_get_viewdef('public.ledger_entries'::regclass) as definition`;
  if (!entries) throw new Error("There is no view of the ledger's entries");
  const columns = await raw<{ name: string }[]>`
    select column_name as name from information_schema.columns
     where table_schema = 'public' and table_name = 'usage_events' order by ordinal_position`;
  const list = columns.map(({ name }) => name).join(", ");
  const tables = ["public.usage_events", ...months.map(({ month }) => `put_away.${tableOf(month)}`)];
  await raw.unsafe(`
    drop view if exists put_away.ledger_entries, put_away.usage_put_away, put_away.usage_events;
    create view put_away.usage_events as ${tables.map((table) => `select ${list} from ${table}`).join(" union all ")};
    create view put_away.usage_put_away as select * from public.usage_put_away where false;
    set local search_path = put_away, public;
    create view put_away.ledger_entries as ${entries.definition};
    set local search_path = public;
    grant select on all tables in schema put_away to tenspot_web, tenspot_worker, tenspot_reader`);
}

/**
 * Lets the rest of a transaction read events that are put away beside the others.
 * @throws Error naming the months whose rows are no longer in this database.
 */
export async function readPutAwayToo(raw: TransactionSql): Promise<void> {
  const months = await raw<{ month: string; here: boolean }[]>`
    select month, to_regclass('put_away.usage_events_' || replace(month, '-', '_')) is not null as here
      from months_put_away order by until`;
  if (months.length === 0) return;
  const gone = months.filter(({ here }) => !here).map(({ month }) => month);
  if (gone.length > 0) {
    throw new Error(
      `The usage events of ${gone.join(", ")} were put away and are not in this database: restore them into the schema put_away, then verify.`,
    );
  }
  await raw`set local search_path = put_away, public`;
}
