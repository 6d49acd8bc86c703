import type { Sql, TransactionSql } from "postgres";

/** One partition of the usage events: those posted in `month`, UTC. */
export interface Month {
  /** `2025-01`, or `before-2025-01` for all that was there when partitions began. */
  month: string;
  /** Its table, without the schema. */
  table: string;
  /** Everything in it was posted before. */
  until: Date;
}

export const tableOf = (month: string): string => `usage_events_${month.replaceAll("-", "_")}`;

/** The partitions there are, the oldest first; none where the events still stand in one table. */
export async function attachedMonths(sql: Sql | TransactionSql): Promise<Month[]> {
  const rows = await sql<{ name: string; until_ms: string }[]>`
    select c.relname as name,
           (extract(epoch from substring(pg_get_expr(c.relpartbound, c.oid) from 'TO \\(''([^'']+)''\\)')::timestamptz)
             * 1000)::bigint as until_ms
      from pg_inherits i join pg_class c on c.oid = i.inhrelid
     where i.inhparent = 'public.usage_events'::regclass
     order by 2`;
  return rows.map(({ name, until_ms }) => ({
    month: name.replace("usage_events_", "").replaceAll("_", "-"),
    table: name,
    until: new Date(Number(until_ms)),
  }));
}

/** How many months the worker keeps ready: it may be away for so long before a batch finds no place. */
export const MONTHS_AHEAD = 3;

/** Makes the months to come. @returns how many; none where the events stand in one table. */
export async function makeMonthsAhead(sql: Sql): Promise<number> {
  const [row] = await sql<{ made: number }[]>`select usage_months_ahead(${MONTHS_AHEAD}) as made`;
  return row?.made ?? 0;
}
