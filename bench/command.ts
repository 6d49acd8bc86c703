import { connect } from "@/db/client";
import { migrate } from "@/db/migrate";
import { Stop } from "@/demo/stop";
import { endWithNotices } from "@/lib/live/notify";
import { assertBooks, assertSame, type Totals } from "./compare";
import { copy } from "./copy";
import { eye } from "./eye";
import { growth } from "./growth";
import { type IngestServer, startIngest } from "./http";
import { loadPopulation } from "./load";
import { type Measured, measure, type Watch } from "./measure";
import { compareMonths } from "./months";
import { type Naive, naive } from "./naive";
import { type Options, readOptions, type WayName } from "./options";
import { ingestAll, ours } from "./ours";
import { type Population, populationOf } from "./population";
import { pressure } from "./pressure";
import { reading } from "./reading";
import { describeOptions, figuresOf, machine, print, type Report, type Rounds, ratiosOf, save } from "./report";
import { BenchServer } from "./server";
import { inBatches, Tally, type Way } from "./way";
import { Workload } from "./workload";

const say = (line: string) => console.log(line);

/** What is measured of the database beside the ways, each by its own name: `npm run bench -- months`. */
const scenarios: Readonly<
  Record<string, (server: BenchServer, argv: readonly string[], say: (line: string) => void) => Promise<void>>
> = { growth, months: compareMonths, pressure, reading };

/** What has to be ended, last begun first. */
type Endings = (() => Promise<void>)[];

async function main(): Promise<void> {
  const [first = "", ...rest] = process.argv.slice(2);
  if (first === "eye") return eye(rest, say);
  const scenario = scenarios[first];
  const endings: Endings = [];
  try {
    const server = await BenchServer.start(say);
    endings.push(() => server.stop());
    if (scenario) await scenario(server, rest, say);
    else save(await run(server, readOptions(process.argv.slice(2)), endings));
  } finally {
    for (const end of endings.reverse()) await end();
  }
}

async function run(server: BenchServer, options: Options, endings: Endings): Promise<Report> {
  say(`Making ${options.accounts} accounts …`);
  const population = populationOf(options.accounts, new Date(), options.spread === "referrer");
  await migrate(await server.create("empty"));
  await loadPopulation(await server.create("loaded", "empty"), population);
  const urls = {
    ours: await server.create("ours", "loaded"),
    naive: await server.create("naive", "loaded"),
    copy: await server.create("copy", "empty"),
  };
  const tally = new Tally();
  const { ways, ingest, naiveWay, copyWay } = await makeWays(urls, population, { options, tally, endings });
  const watch = { sql: server.sql, postmaster: await server.postmaster(), ingestPid: ingest?.pid ?? null };
  const rounds = await interleave(ways, options, watch);
  const widths = copyWay ? await copyWay.widths() : null;
  if (widths && Math.abs(widths.copied / widths.events - 1) > 0.1) throw new Error("The rows copied are not as wide");
  const same = naiveWay ? await replayTwice(server, naiveWay, urls.naive, options) : null;
  const report: Report = {
    at: new Date().toISOString(),
    machine: machine(),
    settings: {
      postgres: await server.setting("server_version"),
      fsync: await server.setting("fsync"),
      synchronous_commit: await server.setting("synchronous_commit"),
      shared_buffers: await server.setting("shared_buffers"),
    },
    options: describeOptions(options),
    ways: Object.fromEntries([...rounds].map(([name, each]) => [name, figuresOf(each)])),
    ratios: ratiosOf(rounds),
    deadlocks: await server.deadlocks(),
    widths,
    checked: { same, ours: await assertBooks(urls.ours, tally.accepted) },
  };
  print(report, say);
  if (report.deadlocks > 0) throw new Error(`There were ${report.deadlocks} deadlocks`);
  return report;
}

interface Made {
  ways: Map<WayName, Way>;
  ingest: IngestServer | null;
  naiveWay: Naive | null;
  copyWay: Awaited<ReturnType<typeof copy>> | null;
}

async function makeWays(
  urls: { ours: string; naive: string; copy: string },
  population: Population,
  { options, tally, endings }: { options: Options; tally: Tally; endings: Endings },
): Promise<Made> {
  const workload = (name: string) => new Workload(population, options.spread, name);
  const ways = new Map<WayName, Way>();
  if (options.ways.has("ours")) {
    const db = connect({ url: urls.ours, applicationName: "tenspot-bench" });
    endings.push(() => endWithNotices(db));
    ways.set("ours", ours(db, workload("ours"), { batch: options.batch, tally }));
  }
  const naiveWay = options.ways.has("naive") ? await naive(urls.naive, workload("naive"), new Tally()) : null;
  if (naiveWay) {
    endings.push(() => naiveWay.end());
    ways.set("naive", naiveWay);
  }
  const copyWay = options.ways.has("copy") ? await copy(urls.ours, urls.copy) : null;
  if (copyWay) {
    endings.push(() => copyWay.end());
    ways.set("copy", copyWay);
  }
  const overHttp = options.ways.has("http") || options.ways.has("single");
  const ingest = overHttp ? await startIngest(urls.ours) : null;
  if (ingest) endings.push(() => ingest.stop());
  if (ingest && options.ways.has("http"))
    ways.set("http", ingest.batches(workload("http"), { batch: options.batch, tally }));
  if (ingest && options.ways.has("single")) ways.set("single", ingest.singles(workload("single"), { tally }));
  return { ways, ingest, naiveWay, copyWay };
}

/** One slice of every way in each round, so that whatever else the machine does meets them all; the first is thrown away. */
async function interleave(ways: ReadonlyMap<WayName, Way>, options: Options, watch: Watch): Promise<Rounds> {
  const all: Rounds = new Map([...ways].map(([name, { label }]) => [name, { label, rounds: [] }]));
  const sliceSeconds = options.seconds / options.rounds / ways.size;
  const rates = new Map([...ways].map(([name, { firstRate }]) => [name, firstRate]));
  for (let round = 0; round <= options.rounds; round += 1) {
    const said: string[] = [];
    for (const [name, way] of ways) {
      const slice = await way.prepare(Math.max(1, Math.round((rates.get(name) ?? 1) * sliceSeconds)));
      const measured: Measured = await measure(slice, watch);
      const rate = measured.events / measured.seconds;
      rates.set(name, rate);
      said.push(`${name} ${Math.round(rate)}/s`);
      if (round > 0) all.get(name)?.rounds.push(measured);
    }
    say(`${round === 0 ? "Warm-up" : `Round ${round}`}: ${said.join(" · ")}`);
  }
  return all;
}

/** What the naive way was sent goes through ours too, on a fresh copy; both must hold the same in every table. */
async function replayTwice(server: BenchServer, way: Naive, naiveUrl: string, options: Options): Promise<Totals> {
  const url = await server.create("twin", "loaded");
  const db = connect({ url, applicationName: "tenspot-bench" });
  try {
    for (const batch of inBatches(way.posted, options.batch)) await ingestAll(db, batch, new Tally());
  } finally {
    await endWithNotices(db);
  }
  return assertSame(url, naiveUrl);
}

main().catch((error: unknown) => {
  console.error(error instanceof Stop ? error.message : error);
  process.exitCode = 1;
});
