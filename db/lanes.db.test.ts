import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ApiHarness, apiHarness } from "@/lib/testing/api-harness";
import { exampleSteps } from "@/lib/testing/example-steps";
import { charge, voidOf } from "@/lib/testing/usage-events";

/** What usage writes and is one for the whole platform, with what keeps it from being a hot row. */
const shared: Readonly<Record<string, string>> = {
  beacon_chains: "the local beacon gives one link to a draw; drand, which production uses, has no row here",
  program_settings: "one row a program, touched once a draw and not once an event: the budget is one for all",
  templates: "a reference table: the flood reads it, and writes only the moment a gate is met, once a template",
  rate_counts: "counts of requests, settled once a second by each process; not logged, and cleared after minutes",
};

let api: ApiHarness;
let written: string[] = [];

/** Sends usage of every kind and sweeps, and notes which tables hold a row that came of it. */
beforeAll(async () => {
  api = await apiHarness();
  const steps = exampleSteps(api);
  await steps.openPair("referrer", ["friend"]);
  await steps.open("creator");
  await api.make("/api/v1/templates", { externalId: "template", creator: "creator", name: "Template" });
  await steps.deposit("friend", "1000");
  await api.make("/api/v1/accounts/friend/grants", { reference: "g", bucket: "promo", amount: "5", reason: "tests" });
  const [before] = await api.owner<{ id: string }[]>`select pg_current_xact_id()::text as id`;
  const taken = charge("friend", "1");
  const nobodys = charge("nobody", "1");
  await steps.accept([
    charge("friend", "30", { template: "template", durationMs: 3_600_000_000 }),
    charge("friend", "2", { template: "unclaimed", durationMs: 1_000 }),
    charge("friend", "3", { service: "serverless" }),
    { ...charge("friend", "4"), time: "2026-11-01T00:00:00.000Z" },
    taken,
  ]);
  await steps.accept([voidOf({ subject: "friend", source: "tests", id: taken.id })]);
  await api.send([nobodys, voidOf({ subject: "friend", source: "tests", id: "still to come" })]);
  await api.sweep();
  const tables = await api.owner<{ name: string }[]>`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`;
  for (const { name } of tables) {
    const rows = await api.owner.unsafe(`select from ${name} where xmin::text::bigint >= $1 limit 1`, [
      before?.id ?? "",
    ]);
    if (rows.length > 0) written.push(name);
  }
  written = written.sort();
});
afterAll(() => api.close());

/** Columns of each unique key, the primary one among them. */
const uniqueKeys = () => api.owner<{ table: string; key: string; columns: string[] }[]>`
  select c.relname as table, i.relname as key,
         array(select attname::text from pg_attribute
                where attrelid = x.indrelid and attnum = any(x.indkey::int2[])) as columns
    from pg_index x join pg_class c on c.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
   where x.indisunique and c.relnamespace = 'public'::regnamespace`;

const withLane = async (): Promise<Set<string>> => {
  const rows = await api.owner<{ name: string }[]>`
    select table_name as name from information_schema.columns
     where table_schema = 'public' and column_name = 'lane'`;
  return new Set(rows.map(({ name }) => name));
};

describe("lanes", () => {
  test("usage writes the tables that are hot, and these are known", () => {
    expect(written).toEqual(
      expect.arrayContaining([
        "wallets",
        "usage_events",
        "event_keys",
        "usage_days",
        "draws",
        "earnings",
        "quarantine",
      ]),
    );
  });

  test("every table that usage writes has a lane, and every unique key of it contains the lane", async () => {
    const lanes = await withLane();
    expect(written.filter((table) => !lanes.has(table) && !(table in shared))).toEqual([]);
    const hot = new Set(written.filter((table) => !(table in shared)));
    const keys = (await uniqueKeys()).filter(({ table }) => hot.has(table));
    expect(keys.length).toBeGreaterThan(10);
    expect(keys.filter(({ columns }) => !columns.includes("lane")).map(({ key }) => key)).toEqual([]);
  });

  test("no foreign key crosses lanes", async () => {
    const lanes = await withLane();
    const foreign = await api.owner<{ name: string; from: string; to: string; lane_to: string | null }[]>`
      select f.conname as name, c.relname as from, r.relname as to,
             (select b.attname from unnest(f.conkey, f.confkey) as k (mine, theirs)
                join pg_attribute a on a.attrelid = f.conrelid and a.attnum = k.mine
                join pg_attribute b on b.attrelid = f.confrelid and b.attnum = k.theirs
               where a.attname = 'lane') as lane_to
        from pg_constraint f join pg_class c on c.oid = f.conrelid join pg_class r on r.oid = f.confrelid
       where f.contype = 'f' and c.relnamespace = 'public'::regnamespace`;
    expect(foreign.length).toBeGreaterThan(0);
    const crossing = foreign.filter(
      ({ from, to, lane_to }) => (lanes.has(from) || lanes.has(to)) && lane_to !== "lane",
    );
    expect(crossing.map(({ name }) => name)).toEqual([]);
  });
});
