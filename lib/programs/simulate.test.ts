import { expect, test } from "vitest";
import { basisPoints } from "@/lib/money/accrual";
import { nanos } from "@/lib/money/nanos";
import { simulateReferral, simulateTemplate } from "./simulate";

const dollar = 1_000_000_000n;
const terms = {
  bonusTrigger: { kind: "spend", amount: nanos(10n * dollar), service: null },
  commission: {
    rates: { pod: basisPoints(300), serverless: basisPoints(500), storage: basisPoints(0) },
    provenance: "paid",
  },
} as const;
const from = new Date("2026-08-31T10:00:00.000Z");

test("a referred customer's spend over the window earns what the ledger would post", () => {
  const monthly = { pod: nanos(200n * dollar), serverless: nanos(100n * dollar), storage: nanos(50n * dollar) };
  const one = simulateReferral({ ...terms, from, months: 1, monthly });
  expect(one).toEqual({ spent: 350n * dollar, commission: 11n * dollar, bonusMonth: 1 });
  expect(simulateReferral({ ...terms, from, months: 6, monthly }).commission).toBe(66n * dollar);
});

test("the bonus comes in the month in which paid spend reaches its trigger, or never", () => {
  const of = (cents: bigint) =>
    simulateReferral({ ...terms, from, months: 6, monthly: { pod: nanos(cents * 10_000_000n) } });
  expect(of(333n).bonusMonth).toBe(4);
  expect(of(334n).bonusMonth).toBe(3);
  expect(of(166n).bonusMonth).toBeNull();
});

test("W7: a week of twenty people on a template is $1,814.40 of spend and $18.144 of royalty", () => {
  const week = { users: 20n, durationMs: 168n * 3_600_000n, price: nanos(540_000_000n), royalty: basisPoints(100) };
  expect(simulateTemplate(week)).toMatchObject({ spend: 1_814_400_000_000n, royalty: 18_144_000_000n });
});

test("a part of an hour is priced to the millisecond, as an event is", () => {
  const week = { users: 500n, durationMs: 1_440_000n, price: nanos(540_000_000n), royalty: basisPoints(100) };
  expect(simulateTemplate(week)).toMatchObject({ spend: 108n * dollar, royalty: 1_080_000_000n });
});
