import { expect, test } from "vitest";
import { worthSize } from "./worth-size";

const note = { room: 51, most: 12 };

test("one amount is as large as a note allows, and a range as large as fits beside the seal", () => {
  expect(worthSize("$7", note)).toBe(12);
  expect(worthSize("$500.00", note)).toBeCloseTo(11.6, 1);
  expect(worthSize("$5\u00a0–\u00a0$500", note)).toBeCloseTo(9.6, 1);
  expect(worthSize("$0.50\u00a0–\u00a0$1,000,000", note)).toBeCloseTo(5.0, 1);
});
