import fc from "fast-check";
import { expect, test } from "vitest";
import { addCalendarMonths } from "./calendar";

test("W6: a window of six months from 2026-08-31 10:00 ends on 2027-02-28 10:00", () => {
  const end = addCalendarMonths(new Date("2026-08-31T10:00:00.000Z"), 6);
  expect(end.toISOString()).toBe("2027-02-28T10:00:00.000Z");
});

test.each([
  ["2025-06-16T00:00:00.000Z", 6, "2025-12-16T00:00:00.000Z"],
  ["2027-08-31T23:59:59.999Z", 6, "2028-02-29T23:59:59.999Z"],
  ["2024-02-29T12:00:00.000Z", 12, "2025-02-28T12:00:00.000Z"],
  ["2026-11-30T08:30:00.000Z", 3, "2027-02-28T08:30:00.000Z"],
  ["2026-12-31T00:00:00.000Z", 1, "2027-01-31T00:00:00.000Z"],
  ["2026-03-31T00:00:00.000Z", -1, "2026-02-28T00:00:00.000Z"],
  ["2026-05-15T01:02:03.004Z", 0, "2026-05-15T01:02:03.004Z"],
])("%s and %d months are %s", (from, months, to) => {
  expect(addCalendarMonths(new Date(from), months).toISOString()).toBe(to);
});

test("the result is in the right month, at the same time of day, and on the same day or its month's last", () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date("1970-01-01"), max: new Date("2200-01-01"), noInvalidDate: true }),
      fc.integer({ min: 0, max: 1_200 }),
      (from, months) => {
        const to = addCalendarMonths(from, months);
        const month = (date: Date) => date.getUTCFullYear() * 12 + date.getUTCMonth();
        expect(month(to) - month(from)).toBe(months);
        expect(to.getTime() % 86_400_000).toBe(from.getTime() % 86_400_000);
        if (to.getUTCDate() !== from.getUTCDate()) {
          expect(to.getUTCDate()).toBeLessThan(from.getUTCDate());
          expect(new Date(to.getTime() + 86_400_000).getUTCDate()).toBe(1);
        }
      },
    ),
  );
});

test("the instant it is given stays as it was", () => {
  const from = new Date("2026-08-31T10:00:00.000Z");
  addCalendarMonths(from, 6);
  expect(from.toISOString()).toBe("2026-08-31T10:00:00.000Z");
});

test("half a month, and a date that is none, are refused", () => {
  expect(() => addCalendarMonths(new Date(0), 0.5)).toThrow(RangeError);
  expect(() => addCalendarMonths(new Date(Number.NaN), 1)).toThrow(RangeError);
});
