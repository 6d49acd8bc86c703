import { Agent } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { migrate } from "@/db/migrate";
import { assertBooks } from "./compare";
import { type IngestServer, startIngest, toBody } from "./http";
import { loadPopulation } from "./load";
import { whole } from "./options";
import { populationOf } from "./population";
import { memoryOf } from "./processes";
import { machine, quantile, saveResult } from "./report";
import { type Answered, count, postEvents } from "./sender";
import type { BenchServer } from "./server";
import { Tally } from "./way";
import { Workload } from "./workload";

const usage = `npm run bench -- pressure [--accounts 10000] [--seconds 60] [--times 2]
Offered is so many times what the server took in the quarter before.`;

const BATCH = 1_000;
/** What is offered beyond that waits in the sender. */
const CONNECTIONS_MAX = 512;
const MEBIBYTE = 2 ** 20;

/** The connection broke before there was an answer. */
const CUT: Answered = { status: 0, retryAfter: 0, text: "" };

interface Outcome {
  /** Requests by status. */
  answers: Map<number, number>;
  /** Refusals that do not say when to come again. */
  unsaid: number;
  tookMs: number[];
  /** Bytes, once a second. */
  memory: number[];
}

/**
 * Offers the machine API more than it can take, at a rate that does not wait for answers, and tells how it refuses, what
 * memory it holds meanwhile, and how fast it takes again afterwards. @throws Error when anything but 200 and 429 was
 * answered, a 429 did not say when to come again, or what was acknowledged is not what is stored.
 */
export async function pressure(
  server: BenchServer,
  argv: readonly string[],
  say: (line: string) => void,
): Promise<void> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      accounts: { type: "string", default: "10000" },
      seconds: { type: "string", default: "60" },
      times: { type: "string", default: "2" },
    },
  });
  const accounts = whole("accounts", values.accounts, { min: 1_000, max: 1_000_000, usage });
  const seconds = whole("seconds", values.seconds, { min: 4, max: 3_600, usage });
  const times = whole("times", values.times, { min: 1, max: 100, usage });
  const population = populationOf(accounts, new Date());
  const url = await server.create("pressure");
  await migrate(url);
  await loadPopulation(url, population);
  const workload = new Workload(population, "uniform", "press");
  const tally = new Tally();
  const ingest = await startIngest(url);
  try {
    const calmSeconds = seconds / 4;
    await takes(ingest, { workload, tally, seconds: calmSeconds });
    const before = await takes(ingest, { workload, tally, seconds: calmSeconds });
    say(`Takes ${Math.round(before)} events/s of senders that wait. Offering ${times} times that for ${seconds} s …`);
    const calmMemory = memoryOf(ingest.pid) ?? Number.NaN;
    const offered = await offer(ingest, { workload, perSecond: (times * before) / BATCH, seconds, tally });
    const firstMs = await firstTaken(ingest, { workload, tally });
    const after = await takes(ingest, { workload, tally, seconds: calmSeconds });
    const { answers, unsaid, tookMs, memory } = offered;
    await ingest.stop();
    await assertBooks(url, tally.accepted);
    tookMs.sort((a, b) => a - b);
    const report = {
      at: new Date().toISOString(),
      machine: machine(),
      accounts,
      seconds,
      times,
      answers: Object.fromEntries(answers),
      p50Ms: Math.round(quantile(tookMs, 0.5)),
      p99Ms: Math.round(quantile(tookMs, 0.99)),
      memoryMiB: {
        before: Math.round(calmMemory / MEBIBYTE),
        firstHalf: mostOf(memory.slice(0, memory.length / 2)),
        secondHalf: mostOf(memory.slice(memory.length / 2)),
      },
      takenAgainAfterMs: Math.round(firstMs),
      rateAfterToBefore: Number((after / before).toFixed(2)),
    };
    say(JSON.stringify(report, null, 2));
    const strange = [...answers.keys()].filter((status) => status !== 200 && status !== 429);
    if (strange.length > 0) throw new Error(`It answered ${strange.join(", ")}`);
    if (unsaid > 0) throw new Error(`${unsaid} refusals did not say when to come again`);
    say("All that was acknowledged is stored, once, and nothing else.");
    saveResult("pressure", report);
  } finally {
    await ingest.stop();
  }
}

const mostOf = (bytes: readonly number[]): number => Math.round(Math.max(...bytes) / MEBIBYTE);

interface Load {
  workload: Workload;
  tally: Tally;
}

/** @returns events a second that it takes of senders who wait for their answers. */
async function takes(ingest: IngestServer, { workload, tally, seconds }: Load & { seconds: number }): Promise<number> {
  const way = ingest.batches(workload, { batch: BATCH, tally });
  let events = 0;
  const started = performance.now();
  while (performance.now() - started < seconds * 1_000) {
    const slice = await way.prepare(BATCH * 32);
    await slice.run();
    events += slice.events;
  }
  return (events / (performance.now() - started)) * 1_000;
}

/** Sends one request at every tick, whatever became of those before. */
async function offer(
  ingest: IngestServer,
  { workload, tally, perSecond, seconds }: Load & { perSecond: number; seconds: number },
): Promise<Outcome> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS_MAX });
  const outcome: Outcome = { answers: new Map(), unsaid: 0, tookMs: [], memory: [] };
  const waiting = new Set<Promise<void>>();
  const send = async (body: Buffer) => {
    const started = performance.now();
    const answered = await postEvents(agent, ingest.batchTarget, body).catch(() => CUT);
    outcome.tookMs.push(performance.now() - started);
    outcome.answers.set(answered.status, (outcome.answers.get(answered.status) ?? 0) + 1);
    if (answered.status === 200) count(answered, tally);
    else if (answered.retryAfter === null) outcome.unsaid += 1;
  };
  const watch = setInterval(() => outcome.memory.push(memoryOf(ingest.pid) ?? Number.NaN), 1_000);
  const started = performance.now();
  try {
    for (let sent = 0; sent < perSecond * seconds; sent += 1) {
      await wait(Math.max(0, started + (sent / perSecond) * 1_000 - performance.now()));
      const each = send(toBody(workload.take(BATCH))).finally(() => waiting.delete(each));
      waiting.add(each);
    }
    await Promise.all(waiting);
  } finally {
    clearInterval(watch);
    agent.destroy();
  }
  return outcome;
}

/** @returns milliseconds until a request is taken, trying again as it is told. */
async function firstTaken(ingest: IngestServer, { workload, tally }: Load): Promise<number> {
  const agent = new Agent({ keepAlive: true });
  const body = toBody(workload.take(BATCH));
  const started = performance.now();
  try {
    for (;;) {
      const answered = await postEvents(agent, ingest.batchTarget, body);
      if (answered.status === 200) {
        count(answered, tally);
        return performance.now() - started;
      }
      await wait((answered.retryAfter ?? 1) * 1_000);
    }
  } finally {
    agent.destroy();
  }
}
