import postgres from "postgres";
import { connect, type Db } from "@/db/client";
import { migrate } from "@/db/migrate";
import { partitionUsage } from "@/lib/ledger/months/partition";
import { attachedMonths } from "@/lib/ledger/months/partitions";
import { endWithNotices } from "@/lib/live/notify";
import { loadPopulation } from "./load";
import { type Measured, measure } from "./measure";
import { readOptions } from "./options";
import { ours } from "./ours";
import { populationOf } from "./population";
import { median } from "./report";
import type { BenchServer } from "./server";
import { Tally, type Way } from "./way";
import { Workload } from "./workload";

/** How many months there are when events are kept by month. */
const MONTHS = 27;
const FIRST_RATE = 8_000;

/**
 * What keeping usage events by month costs the flood: the same workload into one table and into one a month, a slice of
 * each in every round.
 */
export async function compareMonths(
  server: BenchServer,
  argv: readonly string[],
  say: (line: string) => void,
): Promise<void> {
  const { accounts, spread, seconds, rounds, batch } = readOptions(argv);
  const population = populationOf(accounts, new Date());
  const databases = { "one table": false, "by month": true };
  const ways = new Map<string, { way: Way; db: Db; rounds: Measured[] }>();
  for (const [name, byMonth] of Object.entries(databases)) {
    const url = await server.create(byMonth ? "by_month" : "one_table");
    await migrate(url);
    if (byMonth) await partition(url);
    await loadPopulation(url, population);
    const db = connect({ url, applicationName: "tenspot-bench" });
    const workload = new Workload(population, spread, name);
    ways.set(name, { way: ours(db, workload, { batch, tally: new Tally() }), db, rounds: [] });
  }
  const watch = { sql: server.sql, postmaster: await server.postmaster(), ingestPid: null };
  for (let round = 0; round <= rounds; round += 1) {
    for (const each of ways.values()) {
      const slice = await each.way.prepare(FIRST_RATE * (seconds / rounds / ways.size));
      const measured = await measure(slice, watch);
      if (round > 0) each.rounds.push(measured);
    }
  }
  for (const [name, each] of ways) {
    const perEvent = (read: (one: Measured) => number) => median(each.rounds.map((one) => read(one) / one.events));
    const server = perEvent(({ serverMicros }) => serverMicros ?? 0).toFixed(1);
    const client = perEvent(({ clientMicros }) => clientMicros).toFixed(1);
    say(
      `${name}: ${client} µs of the client and ${server} µs of the server, ${Math.round(perEvent(({ walBytes }) => walBytes))} bytes of log an event`,
    );
    await endWithNotices(each.db);
  }
}

async function partition(url: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const first = new Date();
    first.setUTCMonth(first.getUTCMonth() - MONTHS + 5);
    await partitionUsage(sql, first);
    const { length } = await attachedMonths(sql);
    if (length < MONTHS - 2) throw new Error(`There are ${length} months`);
  } finally {
    await sql.end();
  }
}
