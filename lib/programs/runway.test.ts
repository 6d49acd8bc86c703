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

  test("is told by the latest pace, between the least and the most that any gives", () => {
    expect(runwayOf(dollars(10), [pace("hour", 2), pace("day", 5), pace("week", 1)])).toEqual({
      pace: pace("hour", 2),
      ms: BigInt(5 * DAY_MS),
      shortestMs: BigInt(2 * DAY_MS),
      longestMs: BigInt(10 * DAY_MS),
    });
  });

  test("is not told where nothing was used, and is nothing without credit", () => {
    expect(runwayOf(dollars(10), [])).toBeNull();
    expect(runwayOf(dollars(0), [pace("day", 1)])?.ms).toBe(0n);
  });

  test("fits the most credit there can be at the slowest pace", () => {
    expect(lastsMs(nanos(2n ** 63n - 1n), { over: "week", charged: nanos(1n), ms: 604_800_000n })).toBeGreaterThan(0n);
  });
});

describe("when the bar is full", () => {
  const pace: Pace = { over: "hour", charged: dollars(2), ms: BigInt(HOUR_MS) };
  const at = { missing: dollars(4), before: dollars(0), paid: dollars(4), pace };

  test("is when what is missing is used at the present pace", () => {
    expect(reachOf(at)).toEqual({ kind: "at_pace", ms: BigInt(2 * HOUR_MS) });
  });

  test("waits for the credit that pays first, whose use does not count", () => {
    expect(reachOf({ ...at, before: dollars(6) })).toEqual({ kind: "at_pace", ms: BigInt(5 * HOUR_MS) });
  });

  test("is never where prepaid credit ends before, by a nano-dollar", () => {
    expect(reachOf({ ...at, paid: nanos(dollars(4) - 1n) })).toEqual({ kind: "short", short: 1n });
    expect(reachOf({ ...at, paid: dollars(0), pace: null })).toEqual({ kind: "short", short: dollars(4) });
  });

  test("is not known while nothing is used, and past once nothing is missing", () => {
    expect(reachOf({ ...at, pace: null })).toEqual({ kind: "idle" });
    expect(reachOf({ ...at, missing: dollars(0) })).toEqual({ kind: "reached" });
  });
});
