import { expect, test } from "vitest";
import { addAmounts, axisLabel, bucketOfDays, bucketText, gathered } from "./buckets";

const days = (count: number, first = "2026-01-01") =>
  Array.from({ length: count }, (_, index) => {
    const date = new Date(`${first}T00:00:00.000Z`);
    date.setUTCDate(date.getUTCDate() + index);
    return { start: date.toISOString().slice(0, 10), spend: "0.1" };
  });
type Day = ReturnType<typeof days>[number];
const add = (sum: Day, day: Day): Day => ({ ...sum, spend: addAmounts(sum.spend, day.spend) });

test.each([
  [1, "day", 1],
  [92, "day", 92],
  [365, "week", 53],
  [731, "week", 105],
  [1_096, "month", 36],
] as const)("%i days are drawn by the %s, in %i bars", (count, bucket, bars) => {
  expect(bucketOfDays(count)).toBe(bucket);
  expect(gathered(days(count), bucket, add)).toHaveLength(bars);
});

test("weeks begin on Mondays, the first where the period does, and nothing is lost between them", () => {
  const bars = gathered(days(15, "2026-11-19"), "week", add);
  expect(bars).toEqual([
    { start: "2026-11-19", spend: "0.4" },
    { start: "2026-11-23", spend: "0.7" },
    { start: "2026-11-30", spend: "0.4" },
  ]);
});

test("months are told by their names, years apart", () => {
  const bars = gathered(days(62, "2025-12-31"), "month", add);
  expect(bars.map(({ start }) => axisLabel(start, "month"))).toEqual(["Dec 2025", "Jan 2026", "Feb 2026", "Mar 2026"]);
});

test.each([
  ["2026-11-21T10:00:00.000Z", "hour", "10:00", "21 Nov 2026, 10:00 UTC"],
  ["2026-11-21", "day", "21 Nov", "21 Nov 2026"],
  ["2026-11-16T00:00:00.000Z", "week", "16 Nov", "week of 16 Nov 2026"],
  ["2026-11-01", "month", "Nov 2026", "Nov 2026"],
] as const)("a bar that begins %s and stands for one %s is told", (start, bucket, label, text) => {
  expect([axisLabel(start, bucket), bucketText(start, bucket)]).toEqual([label, text]);
});
