import { describe, expect, test } from "vitest";
import { dollarTick, roundTicks, timeTick, timeUnit } from "./ticks";

describe("ticks", () => {
  test.each([
    [10, [0, 2.5, 5, 7.5, 10]],
    [9.99, [0, 2.5, 5, 7.5, 10]],
    [3.1, [0, 1, 2, 3, 4]],
    [0.07, [0, 0.02, 0.04, 0.06, 0.08]],
    [0.000000003, [0, 1e-9, 2e-9, 3e-9]],
    [123_456, [0, 50_000, 100_000, 150_000]],
    [0, [0, 1]],
  ])("of an axis up to %d are round, even and reach it", (highest, values) => {
    expect(roundTicks(highest).values).toEqual(values);
  });

  test("are never finer than what is counted", () => {
    expect(roundTicks(2, 1).values).toEqual([0, 1, 2]);
  });

  test("of any axis are at most five, no two read the same, and the last holds the highest value", () => {
    for (let power = -100; power < 100; power += 1) {
      const highest = 1.17 ** power;
      const { values, step } = roundTicks(highest);
      expect(values.length).toBeLessThanOrEqual(5);
      expect(values.at(-1)).toBeGreaterThanOrEqual(highest * (1 - 1e-9));
      const labels = values.map((value) => dollarTick(value, step));
      expect(new Set(labels).size, labels.join(" ")).toBe(values.length);
    }
  });

  test.each([
    [2.5, 2.5, "$2.50"],
    [5, 1, "$5"],
    [0.002, 0.001, "$0.002"],
    [1_500, 500, "$1,500"],
    [150_000, 50_000, "$150k"],
    [12_500, 2_500, "$12.5k"],
  ])("%d at steps of %d is %s", (value, step, text) => {
    expect(dollarTick(value, step)).toBe(text);
  });
});

test.each([
  [7_200_000, 2, 1, "2 h"],
  [7_199_999, 60, 30, "60 min"],
  [90_000, 90, 30, "90 s"],
  [3.6e10, 10_000, 2_500, "10.0k h"],
])("runtime of up to %d ms is read in its unit", (longest, value, step, text) => {
  expect(timeTick(value, step, timeUnit(longest))).toBe(text);
});
