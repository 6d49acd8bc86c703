import fc from "fast-check";
import { expect, test } from "vitest";
import { accrual } from "@/lib/money/accrual";
import { forecastPair, lastWeeks, mondayOf, WEEK_MS, weeksSeen } from "./forecast";

/** Dollars. */
const dollars = (amount: number) => accrual(BigInt(Math.round(amount * 100)) * 100_000_000_000n);
const now = Date.parse("2026-11-22T12:00:00.000Z");

test("every week left is taken for an average one, the quietest or the busiest of those seen", () => {
  const weeks = [4, 1, 2, 5].map(dollars);
  expect(forecastPair({ nowMs: now, windowEndMs: now + 10 * WEEK_MS, earned: dollars(12), weeks })).toEqual({
    low: dollars(22),
    middle: dollars(42),
    high: dollars(62),
  });
  expect(forecastPair({ nowMs: now, windowEndMs: now + WEEK_MS / 2, earned: dollars(12), weeks })).toEqual({
    low: dollars(12.5),
    middle: dollars(13.5),
    high: dollars(14.5),
  });
});

test("with fewer than four weeks to go by nothing more may come, or twice the busiest", () => {
  const weeks = [dollars(1), dollars(3)];
  expect(forecastPair({ nowMs: now, windowEndMs: now + 2 * WEEK_MS, earned: dollars(4), weeks })).toEqual({
    low: dollars(4),
    middle: dollars(8),
    high: dollars(16),
  });
});

test("nothing is forecast before the first whole week, and a window that is over is what it earned", () => {
  expect(forecastPair({ nowMs: now, windowEndMs: now + 1, earned: dollars(4), weeks: [] })).toBeNull();
  const over = { low: dollars(4), middle: dollars(4), high: dollars(4) };
  expect(forecastPair({ nowMs: now, windowEndMs: now, earned: dollars(4), weeks: [] })).toEqual(over);
  expect(forecastPair({ nowMs: now, windowEndMs: now - 1, earned: dollars(4), weeks: [dollars(9)] })).toEqual(over);
});

test("a forecast is never below what was earned, and its middle lies in its range", () => {
  const amounts = fc.bigInt(0n, 10n ** 20n).map(accrual);
  const pasts = fc.record({
    nowMs: fc.constant(now),
    windowEndMs: fc.integer({ min: now - WEEK_MS, max: now + 600 * WEEK_MS }),
    earned: amounts,
    weeks: fc.array(amounts, { minLength: 1, maxLength: 8 }),
  });
  fc.assert(
    fc.property(pasts, (past) => {
      const { low, middle, high } = forecastPair(past) ?? { low: -1n, middle: 0n, high: 0n };
      expect(past.earned <= low && low <= middle && middle <= high).toBe(true);
    }),
  );
});

test("weeks are whole ones back from the beginning of today, and none reaches before the sign-up", () => {
  const signedUpMs = Date.parse("2026-11-01T09:00:00.000Z");
  expect(weeksSeen(signedUpMs, now)).toBe(2);
  expect(weeksSeen(Date.parse("2026-11-15T00:00:00.000Z"), now)).toBe(1);
  expect(weeksSeen(Date.parse("2026-11-15T00:00:00.001Z"), now)).toBe(0);
  expect(weeksSeen(0, now)).toBe(8);
  const days = [
    ["2026-11-22", 100],
    ["2026-11-21", 1],
    ["2026-11-15", 2],
    ["2026-11-14", 4],
    ["2026-11-08", 8],
    ["2026-11-07", 100],
  ] as const;
  const earned = days.map(([day, amount]) => ({ day, earned: dollars(amount) }));
  expect(lastWeeks(earned, { signedUpMs, nowMs: now })).toEqual([dollars(3), dollars(12)]);
});

test("a forecast's week begins on a Monday of UTC", () => {
  const at = ["2026-11-22T23:59:59.999Z", "2026-11-23T00:00:00.000Z", "2027-01-01T10:00:00.000Z"];
  expect(at.map((each) => mondayOf(new Date(each)))).toEqual(["2026-11-16", "2026-11-23", "2026-12-28"]);
});
