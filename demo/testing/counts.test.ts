import { expect, test } from "vitest";
import { readPlaywright, readVitest, sentence, sum } from "./counts";

const vitest = { success: true, numPassedTests: 400, numFailedTests: 0, numPendingTests: 1, numTodoTests: 1 };
const playwright = { stats: { expected: 12, unexpected: 0, flaky: 0, skipped: 0 }, errors: [] };

test("the suites add up to one line", () => {
  const counts = [readVitest(vitest), readPlaywright(playwright)];
  expect(sentence(sum(counts))).toBe("412 passed, 0 failed, 2 skipped");
});

test("skipped tests are named only where there are any", () => {
  expect(sentence(readPlaywright(playwright))).toBe("12 passed, 0 failed");
});

test("a file that cannot be read is a failure though no test in it failed", () => {
  expect(readVitest({ ...vitest, success: false }).failed).toBe(1);
});

test("a browser test that passed only at the second try, and an error outside any test, are failures", () => {
  expect(readPlaywright({ stats: { ...playwright.stats, flaky: 1 }, errors: [{}] }).failed).toBe(2);
});
