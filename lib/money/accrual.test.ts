import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { accrual, accrue, basisPoints, floorToNanos, sumAccruals } from "./accrual";
import { nanos, sum } from "./nanos";

describe("accruals", () => {
  test("W11: 1,000 events of 1 nano-dollar at 3 % are 30 nano-dollars, whatever the batching", () => {
    const rate = basisPoints(300);
    const each = Array.from({ length: 1_000 }, () => accrue(nanos(1n), rate));
    expect(floorToNanos(sumAccruals(each))).toBe(30n);
    expect(floorToNanos(accrue(nanos(1_000n), rate))).toBe(30n);
    const byTens = Array.from({ length: 100 }, () => accrue(nanos(10n), rate));
    expect(floorToNanos(sumAccruals(byTens))).toBe(30n);
    expect(each.map(floorToNanos).reduce((a, b) => a + b, 0n)).toBe(0n);
  });

  test("W7: 1 % of $1,814.40 is $18.144", () => {
    expect(floorToNanos(accrue(nanos(1_814_400_000_000n), basisPoints(100)))).toBe(18_144_000_000n);
  });

  test("however paid spend is cut into pieces, what it accrues is the same", () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt({ min: 0n, max: 10n ** 15n }).map(nanos), { maxLength: 50 }),
        fc.integer({ min: 0, max: 10_000 }).map(basisPoints),
        (pieces, rate) => {
          expect(sumAccruals(pieces.map((piece) => accrue(piece, rate)))).toBe(accrue(sum(pieces), rate));
        },
      ),
    );
  });

  test("the floor is never above the accrual and less than a nano-dollar below it, reversals included", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), (value) => {
        const floored = floorToNanos(accrual(value)) * 10_000n;
        expect(floored <= value && value < floored + 10_000n).toBe(true);
      }),
    );
  });

  test("an accrual past 64 bits stays exact", () => {
    expect(accrue(nanos(2n ** 62n), basisPoints(10_000))).toBe(2n ** 62n * 10_000n);
  });

  test("a rate that is not whole, negative, or above 100 % is refused", () => {
    expect(() => basisPoints(2.5)).toThrow(RangeError);
    expect(() => basisPoints(-1)).toThrow(RangeError);
    expect(() => basisPoints(10_001)).toThrow(RangeError);
  });
});
