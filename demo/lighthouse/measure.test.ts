import { expect, test } from "vitest";
import { readReport } from "./measure";

const category = (score: number, ...ids: string[]) => ({ score, auditRefs: ids.map((id) => ({ id, weight: 1 })) });
const report = {
  environment: { benchmarkIndex: 1_093.5 },
  categories: {
    performance: category(0.956, "largest-contentful-paint"),
    accessibility: category(0.9, "image-alt", "label"),
    "best-practices": category(1),
    seo: category(0.66, "is-crawlable"),
  },
  audits: {
    "first-contentful-paint": { score: 1, title: "First", numericValue: 900 },
    "largest-contentful-paint": { score: 0.9, title: "Largest", numericValue: 1500 },
    "total-blocking-time": { score: 1, title: "Blocked", numericValue: 12 },
    "cumulative-layout-shift": { score: 1, title: "Shift", numericValue: 0 },
    "image-alt": { score: 0, title: "Images have no names" },
    label: { score: 1, title: "Fields have labels" },
    "is-crawlable": { score: 0, title: "Blocked from indexing" },
  },
};

test("a report gives scores of a hundred, and names what costs points outside performance", () => {
  expect(readReport(JSON.stringify(report))).toEqual({
    scores: { performance: 96, accessibility: 90, "best-practices": 100, seo: 66 },
    metrics: { firstPaint: 900, largestPaint: 1500, blocking: 12, shift: 0 },
    faults: ["Images have no names", "Blocked from indexing"],
    benchmarkIndex: 1_093.5,
  });
});

test("a page that could not be measured is no page without points", () => {
  const failed = { ...report, runtimeError: { message: "the page did not load" } };
  expect(() => readReport(JSON.stringify(failed))).toThrow("the page did not load");
});
