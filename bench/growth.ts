import { parseArgs } from "node:util";
import { connect, type Db } from "@/db/client";
import { migrate } from "@/db/migrate";
import { endWithNotices } from "@/lib/live/notify";
import { drawGrowth } from "./growth-chart";
import { type GrowthPoint, readPoints, savePoints } from "./growth-points";
import { loadHistory } from "./history";
import { type Measured, measure } from "./measure";
import { whole, wholes } from "./options";
import { ours } from "./ours";
import { populationOf } from "./population";
import { median } from "./report";
import type { BenchServer } from "./server";
import { Tally, type Way } from "./way";
import { Workload } from "./workload";

const usage = `npm run bench -- growth [--accounts 1000,100000,1000000] [--events 1,10,30] [--months] [--full]
                [--rounds 8] [--seconds 5]
Events are millions behind each database, seconds those of one slice. --full adds 100 million; --months keeps usage by
month. Points are added to those of earlier runs.`;

interface GrowthOptions {
  accounts: readonly number[];
  /** Behind each database. */
  events: readonly number[];
  byMonth: boolean;
  rounds: number;
  /** Of one slice. */
  seconds: number;
}

export function readGrowthOptions(argv: readonly string[]): GrowthOptions {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      accounts: { type: "string", default: "1000,100000,1000000" },
      events: { type: "string", default: "1,10,30" },
      months: { type: "boolean", default: false },
      full: { type: "boolean", default: false },
      rounds: { type: "string", default: "8" },
      seconds: { type: "string", default: "5" },
    },
  });
  const millions = wholes("events", values.events, { min: 1, max: 1_000, usage });
  return {
    accounts: wholes("accounts", values.accounts, { min: 1_000, max: 10_000_000, usage }),
    events: [...millions, ...(values.full ? [100] : [])].map((each) => each * 1_000_000),
    byMonth: values.months,
    rounds: whole("rounds", values.rounds, { min: 1, max: 99, usage }),
    seconds: whole("seconds", values.seconds, { min: 1, max: 600, usage }),
  };
}

/**
 * What an event costs with more and more events behind it: for each number of accounts, databases with histories of
 * each length side by side, a slice of each in every round.
 */
export async function growth(server: BenchServer, argv: readonly string[], say: (line: string) => void): Promise<void> {
  const options = readGrowthOptions(argv);
  for (const accounts of options.accounts) {
    const points = await growthOf(server, accounts, options, say);
    const all = savePoints(points, {
      postgres: await server.setting("server_version"),
      shared_buffers: await server.setting("shared_buffers"),
    });
    drawGrowth(all);
  }
  for (const line of wordsOf(readPoints())) say(line);
}

async function growthOf(
  server: BenchServer,
  accounts: number,
  { events, byMonth, rounds, seconds }: GrowthOptions,
  say: (line: string) => void,
): Promise<GrowthPoint[]> {
  const population = populationOf(accounts, new Date());
  const databases: { events: number; url: string; db: Db; way: Way; rate: number; rounds: Measured[] }[] = [];
  for (const behind of events) {
    say(`Making ${millionsText(behind)} events behind ${accounts.toLocaleString("en-US")} accounts …`);
    const url = await server.create(`growth_${behind}`);
    await migrate(url);
    await loadHistory(url, { population, events: behind, byMonth });
    const db = connect({ url, applicationName: "tenspot-bench" });
    const way = ours(db, new Workload(population, "uniform", `growth${behind}`), { batch: 1_000, tally: new Tally() });
    databases.push({ events: behind, url, db, way, rate: way.firstRate, rounds: [] });
  }
  await server.sql`checkpoint`;
  const watch = { sql: server.sql, postmaster: await server.postmaster(), ingestPid: null };
  for (let round = 0; round <= rounds; round += 1) {
    const said: string[] = [];
    for (const each of databases) {
      const measured = await measure(await each.way.prepare(each.rate * seconds), watch);
      each.rate = measured.events / measured.seconds;
      said.push(`${millionsText(each.events)}: ${costOf(measured).toFixed(0)} µs`);
      if (round > 0) each.rounds.push(measured);
    }
    say(`${round === 0 ? "Warm-up" : `Round ${round}`}: ${said.join(" · ")}`);
  }
  const points = databases.map((each) => pointOf(each.rounds, { accounts, events: each.events, byMonth }));
  for (const [index, { url, db }] of databases.entries()) {
    const [size] = await db.$client<{ bytes: string }[]>`select pg_database_size(current_database()) as bytes`;
    const point = points[index];
    if (point) point.databaseBytes = Number(size?.bytes);
    await endWithNotices(db);
    await server.drop(url);
  }
  return points;
}

const costOf = ({ clientMicros, serverMicros, events }: Measured): number =>
  (clientMicros + (serverMicros ?? 0)) / events;

function pointOf(rounds: readonly Measured[], of: { accounts: number; events: number; byMonth: boolean }): GrowthPoint {
  const perEvent = (read: (each: Measured) => number) => median(rounds.map((each) => read(each) / each.events));
  const tookMs = rounds.flatMap((each) => each.tookMs).sort((a, b) => a - b);
  return {
    ...of,
    clientMicros: perEvent(({ clientMicros }) => clientMicros),
    serverMicros: perEvent(({ serverMicros }) => serverMicros ?? 0),
    walBytes: perEvent(({ walBytes }) => walBytes),
    eventsPerSecond: median(rounds.map(({ events, seconds }) => events / seconds)),
    p50Ms: tookMs[Math.floor(tookMs.length * 0.5)] ?? 0,
    p99Ms: tookMs[Math.floor(tookMs.length * 0.99)] ?? 0,
    databaseBytes: 0,
  };
}

const millionsText = (events: number): string => `${events / 1_000_000} M`;

/** How the cost of an event grows with what is behind it: its power, 0 for not at all, 1 for in proportion. */
export function slopeOf(points: readonly GrowthPoint[]): number {
  const logs = points.map(({ events, clientMicros, serverMicros }) => ({
    x: Math.log(events),
    y: Math.log(clientMicros + serverMicros),
  }));
  const mean = (read: (each: { x: number; y: number }) => number) =>
    logs.reduce((sum, each) => sum + read(each), 0) / logs.length;
  const [x, y] = [mean((each) => each.x), mean((each) => each.y)];
  return mean((each) => (each.x - x) * (each.y - y)) / mean((each) => (each.x - x) ** 2);
}

/** The slope for each number of accounts, and what many accounts cost beside fewer. */
function wordsOf(points: readonly GrowthPoint[]): string[] {
  const lines: string[] = [];
  for (const byMonth of [false, true]) {
    const form = byMonth ? "by month" : "one table";
    const of = points.filter((each) => each.byMonth === byMonth);
    for (const accounts of new Set(of.map((each) => each.accounts))) {
      const mine = of.filter((each) => each.accounts === accounts);
      const costs = mine.map((each) => {
        const { clientMicros, serverMicros, walBytes } = each;
        return `${millionsText(each.events)} ${clientMicros.toFixed(1)} + ${serverMicros.toFixed(1)} µs, ${Math.round(walBytes)} B`;
      });
      const slope = mine.length > 1 ? `, slope ${slopeOf(mine).toFixed(3)}` : "";
      lines.push(`${accounts.toLocaleString("en-US")} accounts, ${form}: ${costs.join(" · ")}${slope}`);
    }
  }
  return lines;
}
