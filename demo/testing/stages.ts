import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { sources } from "@/demo/folders";
import { reasonOf } from "@/demo/stop";
import { figuresVariable, readFigures } from "@/lib/testing/example-figures";
import type { Counts } from "./counts";
import { exampleTable } from "./examples";

const programs = {
  biome: "node_modules/@biomejs/biome/bin/biome",
  next: "node_modules/next/dist/bin/next",
  tsc: "node_modules/typescript/bin/tsc",
  vitest: "node_modules/vitest/vitest.mjs",
  playwright: "node_modules/@playwright/test/cli.js",
} as const;

/** Collects what the stages of a test run find, and how long each took. */
export class Stages {
  private readonly found: Counts[] = [];
  private readonly failures: string[] = [];
  private readonly reports: string;
  private readonly figures: string;

  constructor(
    home: string,
    private readonly environment: NodeJS.ProcessEnv,
  ) {
    this.reports = path.join(home, "reports");
    rmSync(this.reports, { recursive: true, force: true });
    mkdirSync(this.reports, { recursive: true });
    this.figures = path.join(this.reports, "examples.jsonl");
  }

  get counts(): readonly Counts[] {
    return this.found;
  }

  /** Names of the stages that failed. */
  get failed(): readonly string[] {
    return this.failures;
  }

  /** A stage without tests of its own: it counts only when it fails. @returns whether it succeeded. */
  check(name: string, work: () => Promise<boolean>): Promise<boolean> {
    return this.stage(name, async () => {
      const well = await work();
      if (!well) this.found.push({ passed: 0, failed: 1, skipped: 0 });
      return well;
    });
  }

  /** A stage whose tool writes the report that `read` understands. */
  suite(
    name: string,
    work: (reportFile: string) => Promise<boolean>,
    read: (report: unknown) => Counts,
  ): Promise<boolean> {
    return this.stage(name, async () => {
      const file = path.join(this.reports, `${name}.json`);
      const well = await work(file);
      const counts = existsSync(file)
        ? read(JSON.parse(readFileSync(file, "utf8")))
        : { passed: 0, failed: 1, skipped: 0 };
      // Whatever the report says, a tool that failed did not pass.
      this.found.push(well ? counts : { ...counts, failed: Math.max(1, counts.failed) });
      return well && counts.failed === 0;
    });
  }

  /** Prints the worked examples as the tests found them; one that is missing or does not hold fails the run. */
  examples(): void {
    const { lines, failed } = exampleTable(readFigures(this.figures));
    console.log(`\nThe worked examples of the programs, in dollars where nothing else is said\n${lines.join("\n")}`);
    if (failed.length === 0) return;
    this.failures.push(`worked examples ${failed.join(" ")}`);
    this.found.push({ passed: 0, failed: failed.length, skipped: 0 });
  }

  /** Runs one of the tools. @returns whether it succeeded. */
  tool(
    program: keyof typeof programs,
    options: readonly string[],
    environment: Record<string, string> = {},
  ): Promise<boolean> {
    return new Promise((resolve) => {
      const child = spawn(process.execPath, [programs[program], ...options], {
        cwd: sources,
        env: { ...this.environment, [figuresVariable]: this.figures, ...environment },
        stdio: ["ignore", "inherit", "inherit"],
      });
      child.once("error", () => resolve(false));
      child.once("exit", (code) => resolve(code === 0));
    });
  }

  private async stage(name: string, work: () => Promise<boolean>): Promise<boolean> {
    console.log(`\n── ${name}`);
    const began = performance.now();
    let well = false;
    try {
      well = await work();
    } catch (error) {
      this.found.push({ passed: 0, failed: 1, skipped: 0 });
      console.error(reasonOf(error));
    }
    if (!well) this.failures.push(name);
    console.log(`── ${name}: ${well ? "passed" : "FAILED"} in ${((performance.now() - began) / 1000).toFixed(1)} s`);
    return well;
  }
}
