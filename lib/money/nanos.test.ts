import { expect, test } from "vitest";
import { MAX_DEPOSIT, maxNanos, minNanos, nanos, sum, ZERO } from "./nanos";

test("an amount beyond 64 bits is refused, at either end", () => {
  expect(nanos(2n ** 63n - 1n)).toBe(2n ** 63n - 1n);
  expect(nanos(-(2n ** 63n))).toBe(-(2n ** 63n));
  expect(() => nanos(2n ** 63n)).toThrow(RangeError);
  expect(() => nanos(-(2n ** 63n) - 1n)).toThrow(RangeError);
  expect(() => sum([nanos(2n ** 63n - 1n), nanos(1n)])).toThrow(RangeError);
});

test("a sum may pass 64 bits on its way to a total that does not", () => {
  expect(sum([nanos(2n ** 63n - 1n), nanos(1n), nanos(-1n)])).toBe(2n ** 63n - 1n);
});

test("nothing sums to zero, and the largest deposit is $10,000,000", () => {
  expect(sum([])).toBe(ZERO);
  expect(MAX_DEPOSIT).toBe(10n ** 16n);
});

test("the smaller and the larger of two amounts", () => {
  expect(minNanos(nanos(-1n), nanos(2n))).toBe(-1n);
  expect(maxNanos(nanos(-1n), nanos(2n))).toBe(2n);
});
