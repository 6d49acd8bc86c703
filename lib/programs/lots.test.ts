import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Nanos, nanos } from "@/lib/money/nanos";
import { arrearsOf } from "./account";
import { drawCharge } from "./drawing-order";
import { type CreditMove, type LotBucket, lotBuckets, replayLots } from "./lots";

const n = (value: number | bigint): Nanos => nanos(BigInt(value));
const amounts = (of: Partial<Record<LotBucket, number>>) =>
  Object.fromEntries(Object.entries(of).map(([bucket, amount]) => [bucket, n(amount)]));
const credit = (seq: number, source: string, changes: Partial<Record<LotBucket, number>>): CreditMove => ({
  kind: "credit",
  seq: BigInt(seq),
  source,
  changes: amounts(changes),
});
const usage = (seq: number, parts: Partial<Record<LotBucket, number>>): CreditMove => ({
  kind: "usage",
  seq: BigInt(seq),
  parts: { promo: n(0), earned: n(0), market: n(0), paid: n(0), ...amounts(parts) },
});
const voided = (seq: number, voidsSeq: number): CreditMove => ({
  kind: "void",
  seq: BigInt(seq),
  voidsSeq: BigInt(voidsSeq),
});
const paidBy = (moves: CreditMove[], seq: number) =>
  (replayLots(moves).drawn.get(BigInt(seq)) ?? []).map(
    ({ bucket, lotSeq, amount }) => `${bucket} ${lotSeq ?? "nothing"} ${amount}`,
  );

describe("which credit paid", () => {
  test("is the oldest lot first, and the next one for what it does not reach", () => {
    const moves = [credit(1, "a", { paid: 10 }), credit(2, "b", { paid: 10 }), usage(3, { paid: 15 })];
    expect(paidBy(moves, 3)).toEqual(["paid 1 10", "paid 2 5"]);
  });

  test("is the lot that expires soonest, whichever came first", () => {
    const moves: CreditMove[] = [
      credit(1, "a", { promo: 5 }),
      { kind: "credit", seq: 2n, source: "b", changes: { promo: n(5) }, expiresAtMs: 1 },
      usage(3, { promo: 7 }),
    ];
    expect(paidBy(moves, 3)).toEqual(["promo 2 5", "promo 1 2"]);
  });

  test("expires of its own lot alone, and what a void returns to it can expire as well", () => {
    const expiring = (seq: number, source: string, amount: number, expiresAtMs: number): CreditMove => ({
      kind: "credit",
      seq: BigInt(seq),
      source,
      changes: amounts({ promo: amount }),
      expiresAtMs,
    });
    const expiry = (seq: number, lot: number, amount: number): CreditMove => ({
      kind: "credit",
      seq: BigInt(seq),
      source: `expiry:${lot}`,
      changes: amounts({ promo: -amount }),
      expiryOf: BigInt(lot),
    });
    const moves = [expiring(1, "a", 5, 2), expiring(2, "b", 5, 1), usage(3, { promo: 2 }), expiry(4, 2, 3)];
    const facts = (all: CreditMove[]) =>
      replayLots(all).lots.map(({ amount, left, expired }) => [amount, left, expired].map(Number));
    expect(facts(moves)).toEqual([
      [5, 5, 0],
      [5, 0, 3],
    ]);
    expect(facts([...moves, voided(5, 3)])).toEqual([
      [5, 5, 0],
      [5, 2, 3],
    ]);
    expect(facts([...moves, voided(5, 3), expiry(6, 2, 2)])).toEqual([
      [5, 5, 0],
      [5, 0, 5],
    ]);
    expect(() => replayLots([...moves, expiry(5, 2, 1)])).toThrow(RangeError);
  });

  test("is a later deposit where usage went beyond the balance, the front of the line first", () => {
    const before = [credit(1, "a", { paid: 5 }), usage(2, { paid: 6 }), usage(3, { paid: 6 })];
    expect(paidBy(before, 2)).toEqual(["paid 1 5", "paid nothing 1"]);
    const after = [...before, credit(4, "b", { paid: 4 })];
    expect(paidBy(after, 2)).toEqual(["paid 1 5", "paid 4 1"]);
    expect(paidBy(after, 3)).toEqual(["paid 4 3", "paid nothing 3"]);
  });

  test("is the deposit that stands once an older one was charged back, and the older again once that was won", () => {
    const back = [
      credit(1, "a", { paid: 10 }),
      credit(2, "b", { paid: 10 }),
      usage(3, { paid: 10 }),
      credit(4, "a", { paid: -10 }),
    ];
    expect(paidBy(back, 3)).toEqual(["paid 2 10"]);
    expect(paidBy([...back, credit(5, "a", { paid: 10 })], 3)).toEqual(["paid 1 10"]);
  });

  test("a bonus taken back leaves its own lot first, then follows the drawing order", () => {
    const own = [credit(1, "grant", { promo: 5 }), credit(2, "bonus", { promo: 7 }), usage(3, { promo: 4 })];
    const left = (moves: CreditMove[]) => replayLots(moves).lots.map(({ seq, left: rest }) => `${seq}: ${rest}`);
    expect(left([...own, credit(4, "bonus", { promo: -7 })])).toEqual(["1: 1", "2: 0"]);
    const spent = [credit(1, "bonus", { promo: 7 }), credit(2, "grant", { promo: 5 }), usage(3, { promo: 9 })];
    expect(left([...spent, credit(4, "bonus", { promo: -3 })])).toEqual(["1: 0", "2: 0"]);
  });

  test("an event taken back returns to the lots that paid it, and what stood behind it moves up", () => {
    const moves = [
      credit(1, "bonus", { promo: 5 }),
      credit(2, "a", { paid: 5 }),
      usage(3, { promo: 5, paid: 5 }),
      usage(4, { paid: 2 }),
      voided(5, 3),
      usage(6, { promo: 1 }),
    ];
    expect(paidBy(moves, 3)).toEqual([]);
    expect(paidBy(moves, 4)).toEqual(["paid 2 2"]);
    expect(paidBy(moves, 6)).toEqual(["promo 1 1"]);
  });
});

/** Steps without amounts that could be refused: what a history can hold is decided as it is played. */
const step = fc.record({
  do: fc.constantFrom("deposit", "bonus", "commission", "use", "use", "use", "refund", "win", "take", "void"),
  amount: fc.integer({ min: 1, max: 20 }),
  pick: fc.nat(),
});

type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** Plays steps with plain sums, and gives the moves with the balances they must leave. */
function play(steps: readonly Step[]) {
  const balance = { promo: 0n, earned: 0n, market: 0n, paid: 0n };
  const moves: CreditMove[] = [];
  const sources: { source: string; bucket: LotBucket; in: bigint; out: bigint }[] = [];
  const events: { seq: number; parts: Record<LotBucket, bigint> }[] = [];
  for (const [index, { do: act, amount, pick }] of steps.entries()) {
    const seq = index + 1;
    const bucket = act === "bonus" || act === "take" ? "promo" : act === "commission" ? "earned" : "paid";
    const mine = sources.filter((each) => each.bucket === bucket);
    const one = mine[pick % Math.max(1, mine.length)];
    const move = (source: string, change: bigint) => {
      if (change === 0n) return;
      balance[bucket] += change;
      moves.push(credit(seq, source, { [bucket]: Number(change) }));
    };
    const least = (a: bigint, b: bigint) => (a < b ? a : b);
    if (act === "use") {
      const parts = drawCharge(
        { promo: n(balance.promo), earned: n(balance.earned), market: n(0), paidNet: n(balance.paid) },
        n(amount),
      );
      for (const each of lotBuckets) balance[each] -= parts[each];
      events.push({ seq, parts });
      moves.push({ kind: "usage", seq: BigInt(seq), parts });
    } else if (act === "void") {
      const [event] = events.splice(pick % Math.max(1, events.length), 1);
      if (!event) continue;
      for (const each of lotBuckets) balance[each] += event.parts[each];
      moves.push(voided(seq, event.seq));
    } else if (act === "refund" && one) {
      const change = least(one.in - one.out, BigInt(amount));
      one.out += change;
      move(one.source, -change);
    } else if (act === "win" && one) {
      const change = least(one.out, BigInt(amount));
      one.out -= change;
      move(one.source, change);
    } else if (act === "take" && one) {
      move(one.source, -least(balance.promo, BigInt(amount)));
    } else if (act === "deposit" || act === "bonus" || act === "commission") {
      const source = `${act} ${seq}`;
      sources.push({ source, bucket, in: BigInt(amount), out: 0n });
      move(source, BigInt(amount));
    }
  }
  return { moves, balance, events };
}

test("whatever happens, lots add up to the balances, and each draw to its parts", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const { moves, balance, events } = play(steps);
      const { lots, drawn } = replayLots(moves);
      const total = (of: readonly bigint[]) => of.reduce((sum, amount) => sum + amount, 0n);
      for (const bucket of lotBuckets) {
        const left = total(lots.flatMap((lot) => (lot.bucket === bucket ? [lot.left] : [])));
        expect(left).toBe(balance[bucket] > 0n ? balance[bucket] : 0n);
      }
      const all = [...drawn.values()].flat();
      const unpaid = total(all.flatMap(({ lotSeq, amount }) => (lotSeq === null ? [amount] : [])));
      expect(unpaid).toBe(arrearsOf(n(balance.paid)));
      for (const { seq, parts } of events) {
        for (const bucket of lotBuckets) {
          const from = (drawn.get(BigInt(seq)) ?? []).filter((each) => each.bucket === bucket);
          expect(total(from.map(({ amount }) => amount))).toBe(parts[bucket]);
        }
      }
      for (const lot of lots) {
        const spent = total(
          all.flatMap(({ bucket, lotSeq, amount }) => (bucket === lot.bucket && lotSeq === lot.seq ? [amount] : [])),
        );
        expect(lot.left + lot.takenBack + spent).toBe(lot.amount);
      }
    }),
    { numRuns: 300 },
  );
});
