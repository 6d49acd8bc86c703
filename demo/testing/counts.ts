import { z } from "zod";

/** What a suite found. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

const VitestReport = z.object({
  success: z.boolean(),
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
});

const PlaywrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  errors: z.array(z.unknown()),
});

/** Counts of Vitest's JSON report. A file that could not even be read counts as one failure. */
export function readVitest(report: unknown): Counts {
  const { success, ...numbers } = VitestReport.parse(report);
  return {
    passed: numbers.numPassedTests,
    failed: success ? numbers.numFailedTests : Math.max(1, numbers.numFailedTests),
    skipped: numbers.numPendingTests + numbers.numTodoTests,
  };
}

/** Counts of Playwright's JSON report. What passed only at a second try failed. */
export function readPlaywright(report: unknown): Counts {
  const { stats, errors } = PlaywrightReport.parse(report);
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length, skipped: stats.skipped };
}

export function sum(all: readonly Counts[]): Counts {
  return all.reduce(
    (a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped }),
    { passed: 0, failed: 0, skipped: 0 },
  );
}

/** The last line of a run: `412 passed, 0 failed`. */
export function sentence({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}
