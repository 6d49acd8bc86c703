import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nanos } from "@/lib/money/nanos";
import { centsOf, isWholeCents, nanosOfCents } from "./cents";

describe("cents", () => {
  test.each([
    [5_000_000_000n, 500],
    [25_500_000_000n, 2_550],
    [10_000_000n, 1],
    [0n, 0],
    [5_000_000_000_000n, 500_000],
  ])("%d nano-dollars are %d cents, and back", (value, cents) => {
    expect(centsOf(nanos(value))).toBe(cents);
    expect(nanosOfCents(cents)).toBe(value);
  });

  test("every amount a card network can name comes back as it went", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999_99 }), (cents) => {
        expect(centsOf(nanosOfCents(cents))).toBe(cents);
      }),
    );
  });

  test("an amount with a fraction of a cent is refused, never rounded", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 11n }), fc.bigInt({ min: 1n, max: 9_999_999n }), (cents, rest) => {
        const amount = nanos(cents * 10_000_000n + rest);
        expect(isWholeCents(amount)).toBe(false);
        expect(() => centsOf(amount)).toThrow(RangeError);
      }),
    );
  });

  test.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])("%d is not a number of cents", (cents) => {
    expect(() => nanosOfCents(cents)).toThrow(RangeError);
  });
});
