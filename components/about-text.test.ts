import { expect, test } from "vitest";
import { aboutText, roundText } from "./about-text";

const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;

test.each([
  [0, "less than a minute"],
  [MINUTE_MS, "1 minute"],
  [119 * MINUTE_MS, "119 minutes"],
  [200 * MINUTE_MS, "3 hours"],
  [2.9 * DAY_MS, "69 hours"],
  [3 * DAY_MS, "3 days"],
  [89 * DAY_MS, "89 days"],
  [90 * DAY_MS, "3 months"],
  [4 * 365 * DAY_MS, "4 years"],
  [20 * 365 * DAY_MS, "more than ten years"],
])("%i ms are about %s", (ms, text) => {
  expect(roundText(String(ms))).toBe(text);
});

test.each([
  [0n, "less than a minute"],
  [90n * BigInt(DAY_MS), "about 3 months"],
  [BigInt(20 * 365 * DAY_MS), "more than ten years"],
])("%i ms are told as %j: about, unless it is only a bound", (ms, text) => {
  expect(aboutText(ms)).toBe(text);
});
