import { expect, test } from "vitest";
import { beforeText, bucketFor, opened, periodText, spanOf, startsOf } from "./time-buckets";
import { readUsageView, type UsageView, usageHref, withName, withoutName } from "./usage-view";

const nowMs = Date.UTC(2026, 10, 21, 10, 30);

const views: UsageView[] = [
  { period: { kind: "days", days: 7 }, by: "sku", filters: {} },
  { period: { kind: "range", from: "2026-01-31", to: "2026-02-28" }, by: "template", filters: { service: "pod" } },
  { period: { kind: "hour", hour: "2026-11-21T09" }, by: "resource", filters: { resource: "", sku: "a&b=c" } },
];

test.each(views)("the address says the whole view: %o", (view) => {
  const search = Object.fromEntries(new URL(usageHref(view), "http://localhost").searchParams);
  expect(readUsageView(search)).toEqual(view);
});

test.each([
  { from: "2026-02-30", to: "2026-03-01" },
  { from: "2026-03-02", to: "2026-03-01" },
  { from: "yesterday", to: "2026-03-01" },
  { hour: "2026-03-01T24" },
  { days: "-3" },
])("what is no period is the last 30 days: %o", (search) => {
  expect(readUsageView(search).period).toEqual({ kind: "days", days: 30 });
});

test("a name is added to those of the view and taken away again", () => {
  const [view] = views;
  if (!view) throw new Error("no view");
  const named = withName(view, "service", "pod");
  expect(named.filters).toEqual({ service: "pod" });
  expect(withoutName(named, "service").filters).toEqual({});
});

test("a period is compared with as long a one right before it", () => {
  expect(spanOf({ kind: "days", days: 7 }, nowMs)).toEqual({
    before: new Date("2026-11-08T00:00:00.000Z"),
    from: new Date("2026-11-15T00:00:00.000Z"),
    to: new Date("2026-11-21T11:30:00.000Z"),
  });
  expect(spanOf({ kind: "range", from: "2026-03-01", to: "2026-03-02" }, nowMs)).toEqual({
    before: new Date("2026-02-27T00:00:00.000Z"),
    from: new Date("2026-03-01T00:00:00.000Z"),
    to: new Date("2026-03-03T00:00:00.000Z"),
  });
  expect(beforeText({ kind: "range", from: "2026-03-01", to: "2026-03-02" })).toBe("the 2 days before");
});

test.each([
  ["in the day's first hour", "2026-11-21T00:10:00.000Z"],
  ["in the day's last hour, of which usage may be dated into tomorrow", "2026-11-21T23:50:00.000Z"],
])("the last seven days are seven days %s", (_, now) => {
  const span = spanOf({ kind: "days", days: 7 }, Date.parse(now));
  const starts = startsOf(span, bucketFor(span));
  expect(starts).toHaveLength(7);
  expect(starts.at(-1)).toBe("2026-11-21T00:00:00.000Z");
});

test.each([
  ["hour", "2026-11-21", "2026-11-22", 48],
  ["day", "2026-11-01", "2026-11-30", 30],
  ["week", "2025-11-22", "2026-11-21", 53],
  ["month", "2025-01-15", "2026-12-31", 24],
] as const)("time is told by the %s from %s to %s, in %i parts", (bucket, from, to, count) => {
  const span = spanOf({ kind: "range", from, to }, nowMs);
  expect(bucketFor(span)).toBe(bucket);
  const starts = startsOf(span, bucket);
  expect(starts).toHaveLength(count);
  expect(starts[0]).toBe(`${from}T00:00:00.000Z`);
});

test("a bucket opens to what it is made of, down to the hour", () => {
  const span = spanOf({ kind: "range", from: "2026-01-15", to: "2026-03-10" }, nowMs);
  const open = (start: string, bucket: "hour" | "day" | "week" | "month") => opened(`${start}.000Z`, bucket, span);
  expect(open("2026-01-15T00:00:00", "month")).toEqual({ kind: "range", from: "2026-01-15", to: "2026-01-31" });
  expect(open("2026-03-01T00:00:00", "month")).toEqual({ kind: "range", from: "2026-03-01", to: "2026-03-10" });
  expect(open("2026-01-19T00:00:00", "week")).toEqual({ kind: "range", from: "2026-01-19", to: "2026-01-25" });
  expect(open("2026-01-19T00:00:00", "day")).toEqual({ kind: "range", from: "2026-01-19", to: "2026-01-19" });
  expect(open("2026-01-19T07:00:00", "hour")).toEqual({ kind: "hour", hour: "2026-01-19T07" });
  expect(periodText({ kind: "hour", hour: "2026-01-19T07" })).toBe("19 Jan 2026, 07:00 UTC, one hour");
});
