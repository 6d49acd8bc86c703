import { describe, expect, test } from "vitest";
import { type Nanos, nanos } from "@/lib/money/nanos";
import { lastsMs, type Pace, pacesOf, reachOf, runwayOf } from "./runway";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const dollars = (amount: number): Nanos => nanos(BigInt(Math.round(amount * 1e9)));
/** Six hours into a UTC day. */
const nowMs = Date.UTC(2026, 10, 21, 6);
const old = { nowMs, sinceMs: nowMs - 400 * DAY_MS, lastHour: null };
const days = (...amounts: number[]): Nanos[] => [...Array(8 - amounts.length).fill(0), ...amounts].map(dollars);

describe("the pace credit is used at", () => {
  test("of the last 24 hours takes yesterday by the part of it that lies within them", () => {
    const [day] = pacesOf({ ...old, days: days(8, 1) });
    expect(day).toEqual({ over: "day", charged: dollars(7), ms: BigInt(DAY_MS) });
  });

  test("of the last seven days takes the eighth day back by its part", () => {
    const paces = pacesOf({ ...old, days: [8, 1, 1, 1, 1, 1, 1, 1].map(dollars) });
    expect(paces.at(-1)).toEqual({ over: "week", charged: dollars(13), ms: BigInt(7 * DAY_MS) });
  });

  test("of the last hour is taken over as long as something ran, and at least ten seconds", () => {
    const hour = (minutes: number) =>
      pacesOf({
        ...old,
        days: days(2),
        lastHour: { charged: dollars(2), firstStartMs: nowMs - minutes * 60_000 },
      })[0];
    expect(hour(90)).toEqual({ over: "hour", charged: dollars(2), ms: BigInt(1.5 * HOUR_MS) });
    expect(hour(0)).toEqual({ over: "hour", charged: dollars(2), ms: 10_000n });
    expect(hour(-30)).toEqual({ over: "hour", charged: dollars(2), ms: 10_000n });
  });

  test("of an account younger than the span is taken over its life, and no longer one beside it", () => {
    const paces = pacesOf({ nowMs, sinceMs: nowMs - 2 * HOUR_MS, lastHour: null, days: days(4) });
    expect(paces).toEqual([{ over: "day", charged: dollars(4), ms: BigInt(2 * HOUR_MS) }]);
    const young = { nowMs, sinceMs: nowMs - 60_000, days: days(4) };
    expect(pacesOf({ ...young, lastHour: { charged: dollars(4), firstStartMs: nowMs - 30_000 } })).toEqual([
      { over: "hour", charged: dollars(4), ms: 30_000n },
    ]);
    expect(pacesOf({ ...young, lastHour: null })).toEqual([{ over: "day", charged: dollars(4), ms: BigInt(HOUR_MS) }]);
  });

  test("is none where nothing was charged, or only taken back", () => {
    expect(pacesOf({ ...old, days: days() })).toEqual([]);
    expect(
      pacesOf({ ...old, days: days(), lastHour: { charged: dollars(-1), firstStartMs: nowMs - HOUR_MS } }),
    ).toEqual([]);
  });
});

describe("how long credit lasts", () => {
  const pace = (over: Pace["over"], perDay: number): Pace => ({ over, charged: dollars(perDay), ms: BigInt(DAY_MS) });

  const lasting = (over: Pace["over"], dayCount: number) => ({ over, ms: BigInt(dayCount * DAY_MS) });

  test("is told by the latest pace while none makes it last more than half as long again as another", () => {
    const [hour, day, week] = [pace("hour", 2.5), pace("day", 3), pace("week", 2)];
    expect(runwayOf(dollars(30), [hour, day, week])).toEqual({
      told: lasting("hour", 12),
      shortest: lasting("day", 10),
      longest: lasting("week", 15),
      isApart: false,
    });
    expect(runwayOf(nanos(dollars(30) + 9n), [day, pace("week", 1.999)])).toMatchObject({
      told: { over: "day" },
      isApart: true,
    });
  });

  test("a cent of storage today does not outweigh a week of work", () => {
    const paces = pacesOf({ ...old, days: [0, 2, 3, 2, 3, 2, 0, 0.01].map(dollars) });
    const runway = runwayOf(dollars(119), paces);
    expect(runway).toMatchObject({ told: { over: "week" }, longest: { over: "day" }, isApart: true });
    expect(runway?.told).toEqual(runway?.shortest);
    expect(Number(runway?.told.ms) / DAY_MS).toBeCloseTo((119 / 12.01) * 7, 3);
  });

  test("a burst today is not played down by a quiet week", () => {
    const paces = pacesOf({ ...old, days: [0, 0.1, 0.1, 0.1, 0.1, 0.1, 0, 20].map(dollars) });
    const runway = runwayOf(dollars(60), paces);
    expect(runway).toMatchObject({ told: lasting("day", 3), longest: { over: "week" }, isApart: true });
  });

  test("of an account an hour old is told by its one pace", () => {
    const paces = pacesOf({ nowMs, sinceMs: nowMs - HOUR_MS, lastHour: null, days: days(0.5) });
    const hours = { over: "day", ms: BigInt(20 * HOUR_MS) };
    expect(runwayOf(dollars(10), paces)).toEqual({ told: hours, shortest: hours, longest: hours, isApart: false });
  });

  test("is not told where nothing was used, and is nothing once credit is used up, at any pace", () => {
    expect(runwayOf(dollars(10), [])).toBeNull();
    expect(runwayOf(dollars(0), [pace("hour", 0.01), pace("week", 9)])).toMatchObject({
      told: lasting("hour", 0),
      longest: { ms: 0n },
      isApart: false,
    });
  });

  test("fits the most credit there can be at the slowest pace", () => {
    expect(lastsMs(nanos(2n ** 63n - 1n), { over: "week", charged: nanos(1n), ms: 604_800_000n })).toBeGreaterThan(0n);
  });
});

describe("when the bar is full", () => {
  const pace: Pace = { over: "hour", charged: dollars(2), ms: BigInt(HOUR_MS) };
  const at = { missing: dollars(4), before: dollars(0), paid: dollars(4), paces: [pace] };
  const inHours = (count: number) => ({ kind: "at_pace", length: { over: "hour", ms: BigInt(count * HOUR_MS) } });

  test("is when what is missing is used at the present pace", () => {
    expect(reachOf(at)).toEqual(inHours(2));
  });

  test("waits for the credit that pays first, whose use does not count", () => {
    expect(reachOf({ ...at, before: dollars(6) })).toEqual(inHours(5));
  });

  test("is promised at neither end where the paces are far apart", () => {
    const week: Pace = { over: "week", charged: dollars(7), ms: BigInt(7 * DAY_MS) };
    expect(reachOf({ ...at, paces: [pace, week] })).toEqual({
      kind: "between",
      shortest: { over: "hour", ms: BigInt(2 * HOUR_MS) },
      longest: { over: "week", ms: BigInt(4 * DAY_MS) },
    });
  });

  test("is never where prepaid credit ends before, by a nano-dollar", () => {
    expect(reachOf({ ...at, paid: nanos(dollars(4) - 1n) })).toEqual({ kind: "short", short: 1n });
    expect(reachOf({ ...at, paid: dollars(0), paces: [] })).toEqual({ kind: "short", short: dollars(4) });
  });

  test("is not known while nothing is used, and past once nothing is missing", () => {
    expect(reachOf({ ...at, paces: [] })).toEqual({ kind: "idle" });
    expect(reachOf({ ...at, missing: dollars(0) })).toEqual({ kind: "reached" });
  });
});
