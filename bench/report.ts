import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, totalmem } from "node:os";
import path from "node:path";
import { z } from "zod";
import { sources } from "@/demo/folders";
import type { Totals } from "./compare";
import type { Measured } from "./measure";
import type { Options, WayName } from "./options";

/** The rounds of each way that ran, in order. */
export type Rounds = Map<WayName, { label: string; rounds: Measured[] }>;

interface Spread {
  median: number;
  least: number;
  most: number;
}

/** `together`: of all rounds taken as one, which a machine that is busy with something else disturbs least. */
interface Ratio extends Spread {
  together: number;
}

export interface Figures {
  label: string;
  eventsPerSecond: Spread;
  /** Microseconds of processor time per event. */
  clientMicros: number;
  ingestMicros: number | null;
  serverMicros: number | null;
  walBytes: number;
  walPages: number;
  /** Of one call, milliseconds, all rounds together. */
  p50Ms: number;
  p99Ms: number;
}

export interface Report {
  at: string;
  machine: Record<string, string | number>;
  settings: Record<string, string>;
  options: Record<string, string | number>;
  ways: Partial<Record<WayName, Figures>>;
  /** Of events a second, judged within each round; and of processor time per event, all processes together. */
  ratios: Record<string, Ratio>;
  deadlocks: number;
  widths: { events: number; copied: number } | null;
  /** After the rounds: the same workload by both ways, equal in every table; and our own database, rebuilt. */
  checked: { same: Totals | null; ours: Totals | null };
}

export function figuresOf({ label, rounds }: { label: string; rounds: readonly Measured[] }): Figures {
  const perEvent = (read: (each: Measured) => number) => median(rounds.map((each) => read(each) / each.events));
  const known = (read: (each: Measured) => number | null) =>
    rounds.some((each) => read(each) === null) ? null : perEvent((each) => read(each) ?? 0);
  const tookMs = rounds.flatMap((each) => each.tookMs).sort((a, b) => a - b);
  return {
    label,
    eventsPerSecond: spreadOf(rounds.map(({ events, seconds }) => events / seconds)),
    clientMicros: perEvent(({ clientMicros }) => clientMicros),
    ingestMicros: known(({ ingestMicros }) => ingestMicros),
    serverMicros: known(({ serverMicros }) => serverMicros),
    walBytes: perEvent(({ walBytes }) => walBytes),
    walPages: perEvent(({ walPages }) => walPages),
    p50Ms: quantile(tookMs, 0.5),
    p99Ms: quantile(tookMs, 0.99),
  };
}

const compared: readonly [string, WayName, WayName][] = [
  ["ours / naive", "ours", "naive"],
  ["ours / copy", "ours", "copy"],
  ["http / ours", "http", "ours"],
  ["single / naive", "single", "naive"],
];

export function ratiosOf(all: Rounds): Record<string, Ratio> {
  const ratios: Record<string, Ratio> = {};
  for (const [name, upper, lower] of compared) {
    const [above, below] = [all.get(upper)?.rounds ?? [], all.get(lower)?.rounds ?? []];
    const rounds = above.map((each, round) => [each, below[round]] as const);
    const rates = rounds.flatMap(([a, b]) => (b ? a.events / a.seconds / (b.events / b.seconds) : []));
    if (rates.length === 0) continue;
    ratios[name] = { ...spreadOf(rates), together: rateOf(above) / rateOf(below) };
    const work = rounds.flatMap(([a, b]) => (b ? microsOf(b) / microsOf(a) : []));
    if (work.every(Number.isFinite)) {
      const together = workOf(below) / workOf(above);
      ratios[`${name}, by processor time`] = { ...spreadOf(work), together };
    }
  }
  return ratios;
}

const microsOf = ({ clientMicros, ingestMicros, serverMicros, events }: Measured): number =>
  serverMicros === null ? Number.NaN : (clientMicros + (ingestMicros ?? 0) + serverMicros) / events;

const sumOf = (rounds: readonly Measured[], read: (each: Measured) => number): number =>
  rounds.reduce((sum, each) => sum + read(each), 0);

const rateOf = (rounds: readonly Measured[]): number =>
  sumOf(rounds, ({ events }) => events) / sumOf(rounds, ({ seconds }) => seconds);

const workOf = (rounds: readonly Measured[]): number =>
  sumOf(rounds, (each) => microsOf(each) * each.events) / sumOf(rounds, ({ events }) => events);

export const machine = (): Report["machine"] => ({
  processors: availableParallelism(),
  model: cpus()[0]?.model.trim() ?? "unknown",
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  node: process.versions.node,
});

export const describeOptions = ({ ways, ...options }: Options): Report["options"] => ({
  ...options,
  ways: [...ways].join(","),
});

export function print({ ways, ratios, deadlocks, widths, checked }: Report, say: (line: string) => void): void {
  say("");
  say(row(["", "events/s", "(least–most)", "client µs", "ingest µs", "server µs", "WAL B", "p50 ms", "p99 ms"]));
  for (const [name, figures] of Object.entries(ways)) {
    const { eventsPerSecond, clientMicros, ingestMicros, serverMicros, walBytes, p50Ms, p99Ms } = figures;
    const { least, median: middle, most } = eventsPerSecond;
    say(
      row([
        name,
        short(middle),
        `(${short(least)}–${short(most)})`,
        short(clientMicros),
        ingestMicros === null ? "–" : short(ingestMicros),
        serverMicros === null ? "–" : short(serverMicros),
        short(walBytes),
        short(p50Ms),
        short(p99Ms),
      ]),
    );
  }
  say("");
  for (const [name, { least, median: middle, most, together }] of Object.entries(ratios)) {
    const spread = `(${short(least)}–${short(most)})`.padEnd(18);
    say(`${name.padEnd(36)}${short(middle).padStart(8)}   ${spread} all rounds together ${short(together)}`);
  }
  say("");
  if (widths)
    say(`Stored rows are ${short(widths.events)} bytes wide on average, those copied ${short(widths.copied)}.`);
  if (checked.same) say(`Naive and ours came to the same results in every table on ${checked.same.events} events.`);
  if (checked.ours) {
    const { draws, events } = checked.ours;
    say(`Every wallet equals what its events say: ${events} events, ${draws} of which reached a bonus trigger.`);
  }
  say(`Deadlocks: ${deadlocks}.`);
}

const Kept = z.record(z.string(), z.unknown());

/**
 * Writes `bench/results/latest.json`, in figures a person can read: the last run of each workload, by accounts,
 * spread and batch.
 */
export function save(report: Report): void {
  const file = path.join(sources, "bench/results/latest.json");
  mkdirSync(path.dirname(file), { recursive: true });
  const kept = existsSync(file) ? Kept.parse(JSON.parse(readFileSync(file, "utf8"))) : {};
  const { accounts, spread, batch } = report.options;
  const all = { ...kept, [`${accounts} ${spread}, batches of ${batch}`]: report };
  const text = JSON.stringify(all, (_, value) => (typeof value === "number" ? rounded(value) : value), 2);
  writeFileSync(file, `${text}\n`);
}

/** Writes `bench/results/NAME.json`. */
export function saveResult(name: string, result: object): void {
  const file = path.join(sources, `bench/results/${name}.json`);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
}

const row = (cells: readonly string[]): string =>
  cells.map((cell, index) => (index === 0 ? cell.padEnd(8) : cell.padStart(index === 2 ? 18 : 11))).join("");

/** Four significant digits are more than a benchmark knows. */
const rounded = (value: number): number =>
  Math.abs(value) >= 1_000 ? Math.round(value) : Number(value.toPrecision(4));

const short = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString("en-US") : String(Number(value.toPrecision(3)));

export const median = (values: readonly number[]): number =>
  quantile(
    [...values].sort((a, b) => a - b),
    0.5,
  );

const spreadOf = (values: readonly number[]): Spread => ({
  median: median(values),
  least: Math.min(...values),
  most: Math.max(...values),
});

/** Between the two nearest of ascending values. */
export function quantile(ascending: readonly number[], share: number): number {
  const place = share * (ascending.length - 1);
  const [below, above] = [ascending[Math.floor(place)] ?? Number.NaN, ascending[Math.ceil(place)] ?? Number.NaN];
  return below + (above - below) * (place - Math.floor(place));
}
