import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { homeFolder, sources } from "@/demo/folders";
import { Visits } from "@/demo/gallery/visit";
import { bareEnvironment } from "@/demo/launch/environments";
import { freePort } from "@/demo/processes/ports";
import { Stop } from "@/demo/stop";
import { ensureChromium, launchChromium } from "@/demo/testing/chromium";
import { startDemo } from "@/demo/testing/demo";
import { type Measurement, measure } from "./measure";
import { categories, type MeasuredPage, measuredPages } from "./pages";

const RUNS = 5;

interface Result {
  name: string;
  runs: number;
  scores: Measurement["scores"];
  metrics: Measurement["metrics"];
  /** How fast the machine was, by Lighthouse's own measure: a phone is 4 times as slow as one of some 1,750. */
  benchmarkIndex: number;
  faults: string[];
  /** What is under what it must reach. */
  under: string[];
}

/**
 * `npm run lighthouse`: measures the pages of a demo of its own, as it is built for production, as a phone would see
 * them; prints the medians, keeps them in bench/results, and exits 1 where one is under what it must reach.
 * `--runs N` measures each N times instead of five.
 */
async function main(words: readonly string[]): Promise<void> {
  const runs = words.includes("--runs") ? Number(words[words.indexOf("--runs") + 1]) : RUNS;
  if (!Number.isInteger(runs) || runs < 1) throw new Stop("--runs wants a whole number from 1.");
  const home = path.join(homeFolder(), "lighthouse");
  const executable = await ensureChromium();
  rmSync(home, { recursive: true, force: true });
  const demo = await startDemo(home, await freePort(), bareEnvironment());
  try {
    const cookies = await signIn(demo.places.url);
    const results: Result[] = [];
    for (const page of measuredPages) {
      const subject = { url: new URL(page.path, demo.places.url).href, cookie: cookies.get(page.name) ?? "" };
      const measured: Measurement[] = [];
      for (let run = 0; run < runs; run += 1) {
        measured.push(await measure({ ...subject, chromium: executable, folder: home }));
      }
      const result = resultOf(page, measured);
      results.push(result);
      console.log(lineOf(result));
    }
    keep(results);
    if (results.some(({ under }) => under.length > 0)) process.exitCode = 1;
  } finally {
    await demo.stop();
  }
}

/** The cookies of whoever sees each page, by its name; the browser is gone before anything is measured. */
async function signIn(url: string): Promise<Map<string, string>> {
  const browser = await launchChromium();
  try {
    const visits = new Visits(browser, url);
    const cookies = new Map<string, string>();
    for (const { name, who } of measuredPages) {
      if (who === null) continue;
      const session = await visits.session(who);
      cookies.set(name, session.cookies.map((cookie) => `${cookie.name}=${cookie.value}`).join("; "));
    }
    return cookies;
  } finally {
    await browser.close();
  }
}

function resultOf({ name, least }: MeasuredPage, measured: readonly Measurement[]): Result {
  const median = (value: (one: Measurement) => number) => middle(measured.map(value));
  const scores: Result["scores"] = {
    performance: median((one) => one.scores.performance),
    accessibility: median((one) => one.scores.accessibility),
    "best-practices": median((one) => one.scores["best-practices"]),
    seo: median((one) => one.scores.seo),
  };
  return {
    name,
    runs: measured.length,
    scores,
    metrics: {
      firstPaint: Math.round(median((one) => one.metrics.firstPaint)),
      largestPaint: Math.round(median((one) => one.metrics.largestPaint)),
      blocking: Math.round(median((one) => one.metrics.blocking)),
      shift: median((one) => one.metrics.shift),
    },
    benchmarkIndex: Math.round(median((one) => one.benchmarkIndex)),
    faults: [...new Set(measured.flatMap(({ faults }) => faults))],
    under: categories.filter((category) => scores[category] < (least[category] ?? 0)),
  };
}

/** The middle of an odd count of numbers, the lower of the two of an even one. */
function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Number.NaN;
}

function lineOf({ name, scores, metrics, benchmarkIndex, under, faults }: Result): string {
  const { firstPaint, largestPaint, blocking, shift } = metrics;
  const parts = [
    name.padEnd(10),
    ...categories.map((category) => `${category} ${String(scores[category]).padStart(3)}`),
    `first paint ${firstPaint} ms, largest ${largestPaint} ms, blocked ${blocking} ms, shift ${shift}, on a machine of ${benchmarkIndex}`,
    ...(under.length > 0 ? [`UNDER: ${under.join(", ")}`] : []),
  ];
  return [parts.join("  "), ...faults.map((fault) => `  ${fault}`)].join("\n");
}

function keep(results: readonly Result[]): void {
  const folder = path.join(sources, "bench/results");
  mkdirSync(folder, { recursive: true });
  const kept = { at: new Date().toISOString(), profile: "phone, simulated throttling, median", results };
  writeFileSync(path.join(folder, "lighthouse.json"), `${JSON.stringify(kept, null, 2)}\n`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Stop ? error.message : error);
  process.exitCode = 1;
});
