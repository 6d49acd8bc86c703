import type { Sql, TransactionSql } from "postgres";
import { attachedMonths, makeMonthsAhead, tableOf } from "./partitions";

/**
 * From one table of usage events to one a month, while the platform runs: what there is becomes the first partition,
 * with its keys and indexes as they are, and holds what is posted until the month ends. Nobody waits longer than the
 * moment in which names change; checking the dates before it keeps nobody from writing. As the database's owner.
 * @throws Error when it was done before, or somebody holds the table for longer than a few seconds: then nothing has
 *   changed and it may be tried again.
 */
export async function partitionUsage(sql: Sql, now: Date): Promise<string> {
  if ((await attachedMonths(sql)).length > 0) throw new Error("Usage events are kept by month already.");
  const until = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1));
  const table = tableOf(`before-${until.toISOString().slice(0, 7)}`);
  const bound = `check (posted_at < '${until.toISOString()}')`;
  await sql.unsafe("alter table usage_events drop constraint if exists usage_events_until");
  await sql.unsafe(`alter table usage_events add constraint usage_events_until ${bound} not valid`);
  await sql.unsafe("alter table usage_events validate constraint usage_events_until");
  await sql.begin(async (raw) => {
    await raw`set local lock_timeout = '5s'`;
    await raw`lock table usage_events in access exclusive mode`;
    const views = await viewsOf(raw);
    await raw.unsafe(`
      alter table usage_events rename to ${table};
      alter table ${table} set schema months;
      drop trigger usage_events_append_only on months.${table};
      create table usage_events (like months.${table} including defaults including storage including constraints)
        partition by range (posted_at);
      alter table usage_events drop constraint usage_events_until;
      create trigger usage_events_append_only before update or delete on usage_events
        for each row execute function refuse_change();
      create trigger usage_events_kept before truncate on usage_events
        for each statement execute function refuse_change();
      alter table usage_events attach partition months.${table} for values from (minvalue) to ('${until.toISOString()}');
      revoke all on months.${table} from public, tenspot_web, tenspot_worker, tenspot_reader;
      grant select on usage_events to tenspot_web, tenspot_worker, tenspot_reader;
      grant insert on usage_events to tenspot_web, tenspot_worker`);
    for (const { name, definition } of views) await raw.unsafe(`create or replace view ${name} as ${definition}`);
  });
  await makeMonthsAhead(sql);
  await sql.unsafe("analyze usage_events");
  return `before-${until.toISOString().slice(0, 7)}`;
}

/** The views that read usage events: they must read the new table, whose name their text has. */
const viewsOf = (raw: TransactionSql) => raw<{ name: string; definition: string }[]>`
  select distinct v.oid::regclass::text as name, pg_get_viewdef(v.oid) as definition
    from pg_depend d join pg_rewrite r on r.oid = d.objid join pg_class v on v.oid = r.ev_class
   where d.refobjid = 'usage_events'::regclass and d.classid = 'pg_rewrite'::regclass and v.relkind = 'v'`;
