import "./outside-next";
import { parseArgs } from "node:util";
import { connect } from "@/db/client";
import { migrate } from "@/db/migrate";
import { endWithNotices } from "@/lib/live/notify";
import { Recorder, wholeTables } from "@/lib/queries/testing/recorded";
import { customerScreens, operatorScreens, type ScreensOf } from "@/lib/queries/testing/screens";
import { sweep } from "@/lib/services/programs/sweep";
import { loadHistory } from "./history";
import { whole, wholes } from "./options";
import { populationOf } from "./population";
import { addFamous, withFamous } from "./reading-load";
import { machine, saveResult } from "./report";
import type { BenchServer } from "./server";

const usage = `npm run bench -- reading [--accounts 200000,1000] [--events 1] [--months] [--sample 100]
Events are millions behind each database.`;

/** Tables of fewer rows may be read whole. */
const SMALL_ROWS = 10_000;

interface Read {
  screen: string;
  read: string;
  /** Whose: one of many accounts, or one that much hangs on. */
  of: string;
  /** Of its slowest statement, milliseconds in the database without planning. */
  p50Ms: number;
  p99Ms: number;
  /** Half of the times its longest planning took no longer. */
  planMs: number;
  pages: number;
  wholeTables: string[];
}

/** What every screen reads, statement by statement, for many accounts and for those that much hangs on. */
export async function reading(
  server: BenchServer,
  argv: readonly string[],
  say: (line: string) => void,
): Promise<void> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      accounts: { type: "string", default: "200000,1000" },
      events: { type: "string", default: "1" },
      months: { type: "boolean", default: false },
      sample: { type: "string", default: "100" },
    },
  });
  const millions = whole("events", values.events, { min: 1, max: 1_000, usage });
  const sample = whole("sample", values.sample, { min: 1, max: 10_000, usage });
  const runs: { accounts: number; events: number; byMonth: boolean; reads: Read[] }[] = [];
  for (const accounts of wholes("accounts", values.accounts, { min: 1_000, max: 10_000_000, usage })) {
    const events = millions * 1_000_000;
    say(`Making ${millions} M events behind ${accounts.toLocaleString("en-US")} accounts …`);
    const url = await server.create("reading");
    await migrate(url);
    const population = withFamous(populationOf(accounts, new Date()));
    await loadHistory(url, { population, events, byMonth: values.months });
    await addFamous(url, population);
    await sweepOnce(url);
    const reads = await measureReads(url, sample);
    runs.push({ accounts, events, byMonth: values.months, reads });
    await server.drop(url);
    for (const each of reads.toSorted((a, b) => b.p99Ms - a.p99Ms)) say(wordsOf(each));
  }
  saveResult("reading", { at: new Date().toISOString(), machine: machine(), runs });
}

const wordsOf = ({ screen, read, of, p50Ms, p99Ms, planMs, pages, wholeTables: tables }: Read): string =>
  `${p99Ms.toFixed(2).padStart(9)} ms p99 ${p50Ms.toFixed(2).padStart(9)} ms p50 ${String(pages).padStart(7)} pages ${planMs.toFixed(2).padStart(7)} ms planned  ${screen}: ${read}, ${of}${tables.length > 0 ? `, reads ALL OF ${tables.join(", ")}` : ""}`;

/** What is on its way to beneficiaries arrives, as it does every two seconds. */
async function sweepOnce(url: string): Promise<void> {
  const db = connect({ url, applicationName: "tenspot-bench" });
  try {
    await sweep({ db, clock: () => new Date() });
  } finally {
    await endWithNotices(db);
  }
}

async function measureReads(url: string, sample: number): Promise<Read[]> {
  process.env.DATABASE_URL = url;
  process.env.NEXTAUTH_URL = "http://localhost:3000";
  process.env.NEXTAUTH_SECRET = "a secret of the benchmark, long enough to be one";
  const recorder = new Recorder(url);
  try {
    const big = await bigTables(recorder);
    const reads: Read[] = [];
    const { famous, others } = await whoseScreens(recorder, sample);
    for (const [of, accounts] of [["an account", others], ...famous] as [string, ScreensOf[]][]) {
      const byRead = new Map<string, { took: number[]; planned: number[]; pages: number; tables: Set<string> }>();
      for (const each of accounts) {
        const screens =
          of === "an account" ? { ...customerScreens(each), ...operatorScreens(each) } : customerScreens(each);
        for (const [screen, screenReads] of Object.entries(screens)) {
          for (const [read, run] of Object.entries(screenReads)) {
            const key = `${screen}|${read}`;
            const found = byRead.get(key) ?? { took: [], planned: [], pages: 0, tables: new Set() };
            byRead.set(key, found);
            let [slowest, longest] = [0, 0];
            for (const statement of await recorder.statementsOf(run)) {
              const { plan, planMs, runMs, pages } = await recorder.explain(statement, true);
              slowest = Math.max(slowest, runMs);
              longest = Math.max(longest, planMs);
              found.pages = Math.max(found.pages, pages);
              for (const table of wholeTables(plan)) if (big.has(table)) found.tables.add(table);
            }
            found.took.push(slowest);
            found.planned.push(longest);
          }
        }
      }
      for (const [key, { took, planned, pages, tables }] of byRead) {
        const [screen = "", read = ""] = key.split("|");
        reads.push({
          screen,
          read,
          of,
          p50Ms: at(took, 0.5),
          p99Ms: at(took, 0.99),
          planMs: at(planned, 0.5),
          pages,
          wholeTables: [...tables],
        });
      }
    }
    return reads;
  } finally {
    await recorder.end();
  }
}

function at(times: number[], share: number): number {
  times.sort((a, b) => a - b);
  return Number((times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0).toFixed(3));
}

async function bigTables({ sql }: Recorder): Promise<Set<string>> {
  const rows = await sql<{ name: string }[]>`
    select relname as name from pg_class where relkind in ('r', 'p') and reltuples > ${SMALL_ROWS}`;
  return new Set(rows.map(({ name }) => name));
}

async function whoseScreens({ sql }: Recorder, sample: number) {
  const rows = await sql<
    { name: string; lane: number; id: string; posting: string; charge: string; template: string | null }[]
  >`
    select n.name, n.lane, n.account_id as id, 1 as posting, w.seq as charge,
           (select min(external_id) from templates t where t.creator_id = n.account_id) as template
      from account_names n join wallets w on w.lane = n.lane and w.account_id = n.account_id
     where n.name in ('bench-0', 'bench-1') or n.name in (
             select 'bench-' || (2 + random() * ((select count(*) from accounts) - 3))::int from generate_series(1, ${sample}))`;
  const toScreens = ({ name, lane, id, posting, charge, template }: (typeof rows)[number]): ScreensOf => ({
    account: { lane, id },
    externalId: name,
    posting: String(posting),
    charge: String(charge),
    template,
  });
  const named = (name: string) =>
    rows.filter((row) => row.name === name).flatMap((row) => Array(20).fill(toScreens(row)));
  return {
    famous: [
      ["a referrer of half of all", named("bench-0")],
      ["a creator of 1,000 templates", named("bench-1")],
    ],
    others: rows.filter(({ name }) => name !== "bench-0" && name !== "bench-1").map(toScreens),
  };
}
