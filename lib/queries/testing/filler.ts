import type { Sql } from "postgres";

/** A value of each type that differs from row to row, as `k` does. */
const values: Readonly<Record<string, string>> = {
  uuid: "gen_random_uuid()",
  smallint: "k % 64",
  integer: "k",
  bigint: "k",
  numeric: "k",
  boolean: "k % 2 = 0",
  date: "current_date - k",
  jsonb: "'{}'::jsonb",
};

/**
 * Puts rows into a table that mean nothing, past its triggers, so that the planner has something to choose about.
 * @throws Error when the table has a type that is not known here, or a CHECK that such rows break.
 */
export async function fill(owner: Sql, table: string, rows: number): Promise<void> {
  const columns = await owner<{ name: string; type: string; no: number }[]>`
    select column_name as name, data_type as type, ordinal_position as no from information_schema.columns
     where table_schema = 'public' and table_name = ${table} and is_nullable = 'NO' and column_default is null
       and is_identity = 'NO'`;
  const expressions = columns.map(({ type, no }) => {
    if (type === "text") return `'filler-${no}-' || k`;
    if (type.startsWith("timestamp")) return "now() - k * interval '1 minute'";
    const value = values[type];
    if (value === undefined) throw new Error(`${table} has a column of type ${type}`);
    return value;
  });
  await owner.begin(async (raw) => {
    await raw`set local session_replication_role = replica`;
    await raw.unsafe(`insert into ${table} (${columns.map(({ name }) => name).join(", ")})
                      select ${expressions.join(", ")} from generate_series(1, ${rows}) k`);
  });
}
