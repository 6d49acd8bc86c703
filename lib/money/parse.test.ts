import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { amountText } from "./format";
import { nanos } from "./nanos";
import { parseAmount, parseQuantity } from "./parse";

const INT64_MAX = 2n ** 63n - 1n;

describe("parseAmount", () => {
  test.each([
    ["0", 0n],
    ["10", 10_000_000_000n],
    ["0.34", 340_000_000n],
    ["18.144", 18_144_000_000n],
    ["0.000000001", 1n],
    ["1.10", 1_100_000_000n],
    ["0010.5", 10_500_000_000n],
    ["9223372036.854775807", INT64_MAX],
  ])("reads %j exactly", (text, value) => {
    expect(parseAmount(text)).toEqual({ ok: true, nanos: value });
  });

  test.each([
    [1],
    [0.34],
    [Number.NaN],
    [null],
    [undefined],
    [true],
    [["1"]],
    [{}],
    [""],
    [" 1"],
    ["1 "],
    ["1\n"],
    ["+1"],
    ["-1"],
    ["−1"],
    ["1e2"],
    ["1E2"],
    ["5."],
    [".5"],
    ["."],
    ["1.2.3"],
    ["0.1234567890"],
    ["1,000"],
    ["1_000"],
    ["$1"],
    ["0x10"],
    ["NaN"],
    ["Infinity"],
    ["١٢"],
    ["1２"],
    ["9223372036.854775808"],
    ["99999999999"],
    ["1".repeat(10_000)],
    [`${"0".repeat(40)}1`],
  ])("refuses %j and says why", (text) => {
    const parsed = parseAmount(text);
    expect(parsed.ok).toBe(false);
    if (!parsed.ok) expect(parsed.message).toMatch(/^must /);
  });

  test("a bigint is not an amount of the machine API, nor a quantity", () => {
    expect(parseAmount(10n).ok).toBe(false);
    expect(parseQuantity(1n).ok).toBe(false);
  });

  test("an amount written out and read again is the same amount", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: INT64_MAX }), (value) => {
        expect(parseAmount(amountText(nanos(value)))).toEqual({ ok: true, nanos: value });
      }),
    );
  });

  test("whatever it accepts is only digits, at most one point, and means what it says", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9.+e-]{0,24}$/)), (text) => {
        const parsed = parseAmount(text);
        if (!parsed.ok) return;
        expect(text).toMatch(/^[0-9]+(\.[0-9]{1,9})?$/);
        const [whole = "", fraction = ""] = text.split(".");
        expect(parsed.nanos).toBe(BigInt(whole) * 10n ** 9n + BigInt(fraction.padEnd(9, "0")));
      }),
    );
  });
});

describe("parseQuantity", () => {
  test.each([
    ["1", 1_000n],
    [1, 1_000n],
    [0, 0n],
    [0.5, 500n],
    ["0.125", 125n],
    [2.125, 2_125n],
    [0.1, 100n],
    ["8.0", 8_000n],
    ["999999999999999.999", 999_999_999_999_999_999n],
  ])("reads %j in thousandths", (value, milli) => {
    expect(parseQuantity(value)).toEqual({ ok: true, milli });
  });

  test.each([
    [0.0005],
    [1e-7],
    [1e21],
    [0.1 + 0.2],
    [-1],
    [Number.NaN],
    [Number.POSITIVE_INFINITY],
    ["1e3"],
    ["+1"],
    ["-1"],
    ["1."],
    [".5"],
    ["1.0000"],
    [""],
    [" 1"],
    ["1000000000000000"],
    ["9".repeat(5_000)],
    [null],
    [undefined],
    [true],
    [["1"]],
    [{ toString: () => "1" }],
  ])("refuses %j", (value) => {
    expect(parseQuantity(value).ok).toBe(false);
  });

  test("a number and its shortest decimal text are the same quantity", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 12 }), (milli) => {
        expect(parseQuantity(milli / 1_000)).toEqual({ ok: true, milli: BigInt(milli) });
        expect(parseQuantity(String(milli / 1_000))).toEqual({ ok: true, milli: BigInt(milli) });
      }),
    );
  });
});
