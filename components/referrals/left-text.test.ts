import { expect, test } from "vitest";
import { changesInMs, leftText } from "./left-text";

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

test("what is left is exact to the minute, in the last hour to the second, and never more than there is", () => {
  const texts: [number, string][] = [
    [12 * 24 * HOUR + 3 * HOUR + 5 * 60 * SECOND + 59_999, "12 days 3 h 5 min"],
    [24 * HOUR, "1 day 0 h 0 min"],
    [24 * HOUR - 1, "23 h 59 min"],
    [HOUR - 1, "59 min 59 s"],
    [999, "0 min 0 s"],
    [0, "over"],
    [-5, "over"],
  ];
  for (const [ms, text] of texts) expect(leftText(ms)).toBe(text);
});

test("the text is written again when it changes", () => {
  for (const ms of [12 * 24 * HOUR + 61_001, 2 * HOUR + 1, 90_500, 1_000, 60_000]) {
    const change = changesInMs(ms);
    expect(leftText(ms - change - 1)).not.toBe(leftText(ms));
  }
});
