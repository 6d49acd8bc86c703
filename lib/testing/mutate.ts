import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { z } from "zod";
import { homeFolder } from "@/demo/folders";
import { figuresVariable } from "./example-figures";
import type { Mutant } from "./mutants";

/** What sources are without: made by tools, kept by git, or an instance's own. */
const leftOut = new Set(["node_modules", ".git", ".next", ".tenspot", "test-results"]);

const Report = z.object({
  testResults: z.array(z.object({ assertionResults: z.array(z.object({ title: z.string(), status: z.string() })) })),
});

/** A copy of the sources, in which faults may be put without anybody meeting them. */
export class MutantTree {
  readonly folder = mkdtempSync(path.join(tmpdir(), "mutants-"));

  constructor(sources: string) {
    cpSync(sources, this.folder, {
      recursive: true,
      filter: (from) => path.dirname(from) !== path.resolve(sources) || !leftOut.has(path.basename(from)),
    });
    symlinkSync(path.join(sources, "node_modules"), path.join(this.folder, "node_modules"));
  }

  /** @returns how the mutant's test ends with the fault in place; the fault is taken out again. */
  async verdict(mutant: Mutant): Promise<string> {
    const file = path.join(this.folder, mutant.file);
    const sound = readFileSync(file, "utf8");
    writeFileSync(
      file,
      sound.replace(mutant.find, () => mutant.replace),
    );
    try {
      return await this.run(mutant);
    } finally {
      writeFileSync(file, sound);
    }
  }

  /** @returns `passed`, `failed`, or what else the named test's report says. */
  async run({ project, testFile, testName }: Mutant): Promise<string> {
    const report = path.join(this.folder, "report.json");
    rmSync(report, { force: true });
    const pattern = `${testName.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`;
    const vitest = ["node_modules/vitest/vitest.mjs", "run", "--project", project, testFile, "-t", pattern];
    const child = spawn(process.execPath, [...vitest, "--reporter=json", `--outputFile=${report}`], {
      cwd: this.folder,
      env: this.#environment(),
      stdio: "ignore",
    });
    await new Promise((resolve) => {
      child.once("exit", resolve);
    });
    if (!existsSync(report)) return "no report";
    const { testResults } = Report.parse(JSON.parse(readFileSync(report, "utf8")));
    const ran = testResults.flatMap(({ assertionResults }) => assertionResults);
    return ran.find(({ title, status }) => title === testName && status !== "skipped")?.status ?? "not run";
  }

  /** Short runs, whose figures are nobody's, apart from the run that this is part of; its Postgres serves them too. */
  #environment(): NodeJS.ProcessEnv {
    const own = new Set(["FULL", figuresVariable]);
    const kept = Object.entries(process.env).filter(([name]) => !own.has(name) && !name.startsWith("VITEST"));
    return { ...Object.fromEntries(kept), NODE_ENV: "test", TENSPOT_HOME: homeFolder() };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
