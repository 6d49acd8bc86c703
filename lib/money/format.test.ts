import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { accrual } from "./accrual";
import { accrualText, amountText, dollarsExact, dollarsFloored } from "./format";
import { nanos } from "./nanos";

const anyNanos = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(nanos);

describe("exact text", () => {
  test.each([
    [0n, "0"],
    [10_000_000_000n, "10"],
    [340_000_000n, "0.34"],
    [18_144_000_000n, "18.144"],
    [1n, "0.000000001"],
    [-1n, "-0.000000001"],
    [-340_000_000n, "-0.34"],
    [2n ** 63n - 1n, "9223372036.854775807"],
  ])("%d nano-dollars are %j", (value, text) => {
    expect(amountText(nanos(value))).toBe(text);
  });

  test.each([
    [0n, "0"],
    [1n, "0.0000000000001"],
    [1_000n, "0.0000000001"],
    [181_440_000_000_000n, "18.144"],
    [-300n, "-0.00000000003"],
    [10n ** 30n, "100000000000000000"],
  ])("an accrual of %d is %j dollars", (value, text) => {
    expect(accrualText(accrual(value))).toBe(text);
  });

  test("has no trailing zero, no bare point and no negative zero", () => {
    fc.assert(
      fc.property(anyNanos, (amount) => {
        expect(amountText(amount)).toMatch(/^-?(0|[1-9][0-9]*)(\.[0-9]{0,8}[1-9])?$/);
        expect(amountText(amount)).not.toBe("-0");
      }),
    );
  });
});

describe("on screen", () => {
  test.each([
    [18_144_000_000n, "$18.14", "$18.144"],
    [18_149_999_999n, "$18.14", "$18.149999999"],
    [9_999_999_999n, "$9.99", "$9.999999999"],
    [10_000_000_000n, "$10.00", "$10.00"],
    [100_000_000n, "$0.10", "$0.10"],
    [0n, "$0.00", "$0.00"],
    [9_999_999n, "$0.00", "$0.009999999"],
    [-9_999_999n, "$0.00", "−$0.009999999"],
    [-19_000_000n, "−$0.01", "−$0.019"],
    [1_814_400_000_000n, "$1,814.40", "$1,814.40"],
    [1_234_567_891_234_567_891n, "$1,234,567,891.23", "$1,234,567,891.234567891"],
  ])("%d nano-dollars are shown as %j, exactly %j", (value, floored, exact) => {
    expect(dollarsFloored(nanos(value))).toBe(floored);
    expect(dollarsExact(nanos(value))).toBe(exact);
  });

  test("what a customer owns is never shown as more than it is, nor a cent less", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }), (value) => {
        const shown = BigInt(dollarsFloored(nanos(value)).replace(/[^0-9]/g, "")) * 10_000_000n;
        expect(shown <= value && value < shown + 10_000_000n).toBe(true);
      }),
    );
  });
});
