import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { bareEnvironment } from "@/demo/launch/environments";
import { Stop } from "@/demo/stop";
import { chromiumArguments } from "@/demo/testing/chromium";
import { type Category, categories } from "./pages";

/** The last that runs on Node 20; as a dependency it breaks `npm ci`, so it is fetched when asked for. */
const LIGHTHOUSE = "lighthouse@12.8.2";
/** Now and then it misses the beginning of a page and says so (NO_NAVSTART). */
const ATTEMPTS = 3;

const Score = z.object({
  score: z.number().nullable(),
  auditRefs: z.array(z.object({ id: z.string(), weight: z.number() })),
});
const Audit = z.object({ score: z.number().nullable(), title: z.string(), numericValue: z.number().optional() });
const Report = z.object({
  runtimeError: z.object({ message: z.string() }).optional(),
  categories: z.record(z.string(), Score),
  audits: z.record(z.string(), Audit),
  environment: z.object({ benchmarkIndex: z.number() }),
});

export interface Measurement {
  /** Of 100. */
  scores: Record<Category, number>;
  /** Milliseconds, but for the layout shift, which has no unit. */
  metrics: { firstPaint: number; largestPaint: number; blocking: number; shift: number };
  /** Titles of what cost points, outside performance. */
  faults: string[];
  /** How fast the machine was, by Lighthouse's own measure. */
  benchmarkIndex: number;
}

export interface Subject {
  url: string;
  /** Of somebody signed in; empty for nobody. */
  cookie: string;
  chromium: string;
  folder: string;
}

/** One run of Lighthouse on a phone's profile. @throws Stop when it gives no scores. */
export async function measure({ url, cookie, chromium, folder }: Subject): Promise<Measurement> {
  const file = path.join(folder, "lighthouse.json");
  const words = [
    "--yes",
    LIGHTHOUSE,
    url,
    "--quiet",
    "--output=json",
    `--output-path=${file}`,
    "--form-factor=mobile",
    "--throttling-method=simulate",
    `--only-categories=${categories.join(",")}`,
    `--chrome-flags=${["--headless=new", ...chromiumArguments].join(" ")}`,
    ...(cookie === "" ? [] : [`--extra-headers=${JSON.stringify({ Cookie: cookie })}`]),
  ];
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const child = spawn("npx", words, {
      env: { ...bareEnvironment(), CHROME_PATH: chromium },
      stdio: ["ignore", "ignore", "inherit"],
    });
    const [code] = await once(child, "exit");
    if (code === 0) return readReport(readFileSync(file, "utf8"));
  }
  throw new Stop(`Lighthouse did not run on ${url}: what it printed above says why.`);
}

/** What a report of Lighthouse, its JSON, comes to. @throws Stop when it could not measure the page. */
export function readReport(json: string): Measurement {
  const { categories: found, audits, runtimeError, environment } = Report.parse(JSON.parse(json));
  if (runtimeError) throw new Stop(`Lighthouse could not measure the page: ${runtimeError.message}`);
  const score = (category: Category) => Math.round((found[category]?.score ?? 0) * 100);
  const metric = (audit: string) => audits[audit]?.numericValue ?? Number.NaN;
  const faults = categories
    .filter((category) => category !== "performance")
    .flatMap((category) => found[category]?.auditRefs ?? [])
    .flatMap(({ id, weight }) => {
      const audit = audits[id];
      return audit && weight > 0 && audit.score !== null && audit.score < 1 ? [audit.title] : [];
    });
  return {
    scores: {
      performance: score("performance"),
      accessibility: score("accessibility"),
      "best-practices": score("best-practices"),
      seo: score("seo"),
    },
    metrics: {
      firstPaint: metric("first-contentful-paint"),
      largestPaint: metric("largest-contentful-paint"),
      blocking: metric("total-blocking-time"),
      shift: metric("cumulative-layout-shift"),
    },
    faults,
    benchmarkIndex: environment.benchmarkIndex,
  };
}
