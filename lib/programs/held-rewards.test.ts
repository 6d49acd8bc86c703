import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Nanos, nanos } from "@/lib/money/nanos";
import { AccountBooks, type Happening } from "@/lib/testing/account-books";
import { shouldPost } from "./standing";

const DOLLAR = 1_000_000_000n;
const dollars = (amount: number): Nanos => nanos(BigInt(amount) * DOLLAR);
const paid = (amount: number): Happening => ({ kind: "deposit", amount: dollars(amount) });
const back = (amount: number): Happening => ({ kind: "reversal", amount: dollars(amount) });
const granted = (amount: number): Happening => ({ kind: "grant", bucket: "promo", amount: dollars(amount) });
const drawn = (amount: number, held = true): Happening => ({ kind: "drawn", amount: dollars(amount), held });
const expired = (amount: number): Happening => ({ kind: "expired", amount: dollars(amount) });
const released: Happening = { kind: "released" };
let key = 0;
const spent = (amount: number): Happening => {
  key += 1;
  const usage = { service: "pod" as const, charge: dollars(amount), endedAtMs: 0, durationMs: 0n, template: null };
  return { kind: "usage", key, usage };
};

/** What an account has afterwards, in dollars. */
function outcome(...happenings: Happening[]) {
  const { promo, promoHeld, debt, bonus } = new AccountBooks().batch(happenings).state;
  return {
    promo: Number(promo) / 1e9,
    held: Number(promoHeld) / 1e9,
    debt: Number(debt) / 1e9,
    posted: bonus?.posted ?? false,
  };
}

/** Paid spend of ten dollars, which is the trigger. */
const reached = [paid(10), spent(10)];

describe("a bonus that is held", () => {
  test("is visible and pays for nothing", () => {
    expect(outcome(...reached, drawn(7))).toEqual({ promo: 0, held: 7, debt: 0, posted: true });
    expect(outcome(...reached, drawn(7), paid(2), spent(2))).toEqual({ promo: 0, held: 7, debt: 0, posted: true });
  });

  test("is credit like any other once it is released", () => {
    expect(outcome(...reached, drawn(7), released)).toEqual({ promo: 7, held: 0, debt: 0, posted: true });
    expect(outcome(...reached, drawn(7), released, spent(5))).toEqual({ promo: 2, held: 0, debt: 0, posted: true });
  });

  test("is taken back whole without any debt, whatever other credit was spent", () => {
    const other = [granted(3), drawn(7), spent(3)];
    expect(outcome(...reached, ...other, back(10))).toEqual({ promo: 0, held: 0, debt: 0, posted: false });
    expect(outcome(...reached, granted(3), drawn(7), back(10))).toEqual({ promo: 3, held: 0, debt: 0, posted: false });
  });

  test("stands again where its time says: held until it is over, then at once in promo", () => {
    const fell = [...reached, drawn(7), back(10)];
    expect(outcome(...fell, paid(10))).toEqual({ promo: 0, held: 7, debt: 0, posted: true });
    expect(outcome(...fell, paid(10), released)).toEqual({ promo: 7, held: 0, debt: 0, posted: true });
    expect(outcome(...fell, released)).toEqual({ promo: 0, held: 0, debt: 0, posted: false });
    expect(outcome(...fell, released, paid(10))).toEqual({ promo: 7, held: 0, debt: 0, posted: true });
  });

  test("is taken back with debt for what was spent after its release", () => {
    const used = [...reached, drawn(7), released, spent(3)];
    expect(outcome(...used, back(10))).toEqual({ promo: 0, held: 0, debt: 3, posted: false });
    expect(outcome(...used, back(10), paid(10))).toEqual({ promo: 4, held: 0, debt: 0, posted: true });
  });
});

describe("a bonus of which some expired", () => {
  const used = [...reached, drawn(7, false), spent(3), expired(4)];

  test("owes nothing for what expired when it is taken back, and is given again without it", () => {
    expect(outcome(...used)).toEqual({ promo: 0, held: 0, debt: 0, posted: true });
    expect(outcome(...used, back(10))).toEqual({ promo: 0, held: 0, debt: 3, posted: false });
    expect(outcome(...used, back(10), paid(10))).toEqual({ promo: 0, held: 0, debt: 0, posted: true });
  });

  test("moves no more once all of it expired", () => {
    const gone = [...reached, drawn(7, false), expired(7)];
    const before = new AccountBooks().batch(gone).state.seq;
    const books = new AccountBooks().batch([...gone, back(10), paid(10)]);
    expect(books.state.seq).toBe(before + 2n);
    expect(outcome(...gone, back(10))).toEqual({ promo: 0, held: 0, debt: 0, posted: true });
  });
});

describe("while its pair is in review", () => {
  const standing = { posted: true, held: false };
  const fallen = { posted: false, held: false };

  test("what stands and was posted stays, and nothing is posted that was not", () => {
    expect(shouldPost(standing, true, "held")).toBe(true);
    expect(shouldPost({ posted: true, held: true }, true, "held")).toBe(true);
    expect(shouldPost(fallen, true, "held")).toBe(false);
    expect(shouldPost(fallen, true, null)).toBe(true);
  });

  test("what falls is taken back all the same", () => {
    for (const hold of ["held", "refused", null] as const) expect(shouldPost(standing, false, hold)).toBe(false);
  });

  test("a refusal takes what its terms still hold, and leaves what was released", () => {
    expect(shouldPost({ posted: true, held: true }, true, "refused")).toBe(false);
    expect(shouldPost(standing, true, "refused")).toBe(true);
    expect(shouldPost(fallen, true, "refused")).toBe(false);
  });
});

test("held credit never differs from what was drawn and never is spent, whatever happens", () => {
  const step = fc.oneof(
    fc.integer({ min: 1, max: 12 }).map(paid),
    fc.integer({ min: 1, max: 12 }).map(spent),
    fc.integer({ min: 1, max: 12 }).map(back),
    fc.integer({ min: 1, max: 5 }).map(granted),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), fc.array(step, { maxLength: 20 }), (first, rest) => {
      const held = new AccountBooks().batch([...reached, drawn(7), ...first, ...rest]);
      expect(held.state.promoHeld).toBe(held.state.bonus?.posted ? dollars(7) : 0n);
      const never = new AccountBooks().batch([...reached, ...first, ...rest]);
      expect({ ...held.state, seq: 0n, bonus: null, promoHeld: 0n }).toEqual({ ...never.state, seq: 0n });
    }),
    { numRuns: process.env.FULL ? 2_000 : 200 },
  );
});
