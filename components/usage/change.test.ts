import { expect, test } from "vitest";
import { changePercent } from "./change";

test.each([
  ["8", "12", 50],
  ["3", "2", -33],
  ["3", "1", -67],
  ["0.000000003", "0.000000004", 33],
  ["8", "0", -100],
  ["1", "1", 0],
  ["2", "2.01", 1],
  ["0", "5", null],
])("from %s to %s is %s percent", (before, now, percent) => {
  expect(changePercent(before, now)).toBe(percent);
});
