import { once } from "node:events";
import postgres, { type Sql } from "postgres";
import type { Way } from "./way";

const ROWS_SAMPLED = 20_000;
const BYTES_PER_WRITE = 65_536;

export interface Copy extends Way {
  /** Average width of a stored row, bytes: of the event rows, and of the rows copied. */
  widths: () => Promise<{ events: number; copied: number }>;
  end: () => Promise<void>;
}

/**
 * The limit: rows that event rows were read as, stored by COPY into a table that has a primary key and nothing else.
 * @param from the database that holds events, @param to the one copied into; both migrated.
 */
export async function copy(from: string, to: string): Promise<Copy> {
  const source = postgres(from, { max: 1, onnotice: () => {} });
  const target = postgres(to, { max: 1, onnotice: () => {} });
  await target.unsafe(`
    create table copied (like usage_events);
    alter table copied add primary key (lane, account_id, seq)`);
  let sample: string[] = [];
  let copied = 0;
  return {
    label: "COPY of the same rows into a table with a primary key, one connection",
    firstRate: 150_000,
    prepare: async (count) => {
      if (sample.length === 0) sample = await readSample(source);
      const rows = Array.from({ length: count }, () => {
        copied += 1;
        // The third column is the row's number in its account: another for each keeps the key unique.
        return (sample[copied % sample.length] ?? "").replace(/^(\d+\t[^\t]+\t)\d+/, `$1${copied}`);
      });
      const body = Buffer.from(`${rows.join("\n")}\n`);
      return { events: rows.length, run: () => copyIn(target, body) };
    },
    widths: async () => ({
      events: await widthOf(source, "usage_events"),
      copied: await widthOf(target, "copied"),
    }),
    end: async () => {
      await Promise.all([source.end(), target.end()]);
    },
  };
}

/** Event rows in the text form of COPY, in the order they were stored. Nothing in them needs escaping. */
async function readSample(sql: Sql): Promise<string[]> {
  const rows = await sql`select * from usage_events where source <> 'history' limit ${ROWS_SAMPLED}`.raw();
  if (rows.length < 100) throw new Error("COPY needs event rows to copy: run it together with ours");
  return rows.map((row) => row.map((field: Buffer | null) => field?.toString() ?? "\\N").join("\t"));
}

async function copyIn(sql: Sql, body: Buffer): Promise<number[]> {
  const started = performance.now();
  const stream = await sql`copy copied from stdin`.writable();
  const stored = once(stream, "finish");
  for (let at = 0; at < body.length; at += BYTES_PER_WRITE) {
    if (!stream.write(body.subarray(at, at + BYTES_PER_WRITE))) await once(stream, "drain");
  }
  stream.end();
  await stored;
  return [performance.now() - started];
}

async function widthOf(sql: Sql, table: string): Promise<number> {
  const [row] = await sql.unsafe<{ width: string }[]>(
    `select avg(pg_column_size(t.*)) as width from ${table} t${table === "copied" ? "" : " where source <> 'history'"}`,
  );
  return Number(row?.width);
}
