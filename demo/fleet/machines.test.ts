import { expect, test } from "vitest";
import type { Nanos } from "@/lib/money/nanos";
import { costOf, nextShift } from "./machines";

const dollars = (amount: number) => (BigInt(Math.round(amount * 100)) * 10_000_000n) as Nanos;

/** Runs one shift after the other for so long; money pays for everything. */
function run({ paid, trigger, ms }: { paid: Nanos; trigger: Nanos; ms: number }) {
  let nowMs = 0;
  let spent = 0n as Nanos;
  let reachedAtMs: number | null = null;
  while (nowMs < ms) {
    const toTrigger = (spent >= trigger ? 0n : trigger - spent) as Nanos;
    const shift = nextShift({ kind: "person", available: (paid - spent) as Nanos, toTrigger }, nowMs);
    spent = (spent + costOf(shift.machines, shift.durationMs)) as Nanos;
    nowMs += shift.durationMs;
    if (reachedAtMs === null && spent >= trigger) reachedAtMs = nowMs;
  }
  return { spent, reachedAtMs };
}

test("whoever has paid in at least $10 reaches it within two minutes and stops there to a fraction of a cent", () => {
  for (const paid of [10, 25, 50, 100]) {
    const { spent, reachedAtMs } = run({ paid: dollars(paid), trigger: dollars(10), ms: 120_000 });
    expect(reachedAtMs).toBeLessThan(120_000);
    expect(spent).toBeLessThan(dollars(10.02));
  }
});

test("after the bonus, what is left of $25 lasts through a working day", () => {
  const { spent } = run({ paid: dollars(25), trigger: dollars(10), ms: 8 * 3_600_000 });
  expect(spent).toBeLessThan(dollars(25));
});

test("a balance is never passed by a cent, and nothing runs without one", () => {
  for (const paid of [0, 0.01, 3, 9.99]) {
    const { spent } = run({ paid: dollars(paid), trigger: dollars(10), ms: 600_000 });
    expect(spent).toBeLessThan(dollars(paid + 0.01));
  }
  expect(nextShift({ kind: "person", available: dollars(0), toTrigger: dollars(10) }, 0).machines).toEqual([]);
});

test("an account without a bonus to come is treated gently from the start", () => {
  const shift = nextShift({ kind: "person", available: dollars(25), toTrigger: null }, 60_000);
  expect(costOf(shift.machines, 3_600_000)).toBeLessThan(dollars(1));
});
