import { expect, test } from "vitest";
import { typedCount, typedDollars, typedHours } from "@/components/calculators/typed";
import { basisPoints } from "@/lib/money/accrual";
import { parseAmount } from "@/lib/money/parse";
import { simulateTemplate } from "@/lib/programs/simulate";
import { ownFigures } from "./what-if";

const HOUR_MS = 3_600_000;
const period = (count: number, hours: number, spend: string) =>
  Array.from({ length: count }, () => ({ runtimeMs: String(hours * HOUR_MS), spend }));
const week = (hours: number, spend: string) => period(7, hours, spend);

test("a template's own figures are its users, the hours each ran it and what an hour cost", () => {
  // Two users, 24 h a day together at $0.54 an hour.
  expect(ownFigures(2, week(24, "12.96"))).toEqual({ users: "2", price: "0.54", hours: "84" });
});

test("hours have a tenth where each ran it less than whole ones, and are never raised to one", () => {
  // 500 users, 210 h a week together.
  expect(ownFigures(500, period(14, 30, "20"))).toMatchObject({ users: "500", hours: "0.4" });
  expect(ownFigures(3, week(1, "1"))).toMatchObject({ users: "3", hours: "2.3" });
});

test("where users of all time had less than a tenth of an hour each, there are as many as have it", () => {
  expect(ownFigures(10_000, week(10, "3"))).toEqual({ users: "700", price: "0.3", hours: "0.1" });
  expect(ownFigures(250_000, week(50_000, "3"))).toMatchObject({ users: "100000", hours: "3.5" });
});

test("hours stay within a week, prices are whole cents where they have any", () => {
  expect(ownFigures(1, week(240, "12.967"))).toMatchObject({ hours: "168", price: "0.05" });
  expect(ownFigures(1, week(1, "0.001"))).toMatchObject({ price: "0.001" });
});

test("what the calculator makes of them is never more than a week's part of what others spent", () => {
  for (const [users, count, hours, spend] of [
    [500, 30, 29, "15.13"],
    [9_999, 7, 3, "1.11"],
    [3, 90, 0.5, "0.333333333"],
    [1, 7, 240, "99.99"],
  ] as const) {
    const figures = ownFigures(users, period(count, hours, spend));
    const [people, price, each] = [
      typedCount(figures?.users ?? ""),
      typedDollars(figures?.price ?? ""),
      typedHours(figures?.hours ?? ""),
    ];
    const day = parseAmount(spend);
    if (!people.ok || !price.ok || !each.ok || !day.ok) throw new Error(`${JSON.stringify(figures)} cannot be read`);
    const plan = { users: people.value, price: price.value, durationMs: each.value, royalty: basisPoints(100) };
    expect(simulateTemplate(plan)?.spend).toBeLessThanOrEqual(day.nanos * 7n);
  }
});

test("there are none where nothing ran that earns, or too little to be a tenth of an hour a week", () => {
  expect(ownFigures(0, week(1, "1"))).toBeNull();
  expect(ownFigures(3, week(1, "0"))).toBeNull();
  expect(ownFigures(3, week(0, "0"))).toBeNull();
  expect(ownFigures(3, week(1 / 3_600, "0.01"))).toBeNull();
});
