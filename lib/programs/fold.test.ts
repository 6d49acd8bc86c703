import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Nanos, nanos } from "@/lib/money/nanos";
import { AccountBooks, type Happening, template, windowEndMs } from "@/lib/testing/account-books";
import { arrearsOf, services, totalOf } from "./account";
import type { Usage } from "./usage";

const runs = { numRuns: process.env.FULL ? 3_000 : 300 };

/** Amounts around the nano, the cent and the trigger, so that edges are met often. */
const amount: fc.Arbitrary<Nanos> = fc
  .oneof(
    fc.bigInt(0n, 3n),
    fc.bigInt(0n, 4_000_000_000n),
    fc.constantFrom(1_000_000_000n, 9_999_999_999n, 10_000_000_000n, 10_000_000_001n),
  )
  .map(nanos);

const usage: fc.Arbitrary<Usage> = fc.record({
  service: fc.constantFrom(...services),
  endedAtMs: fc.constantFrom(0, windowEndMs - 1, windowEndMs, 86_400_000),
  template: fc.constantFrom(null, template),
  charge: amount,
  durationMs: fc.bigInt(0n, 3_600_000n),
});

const credit: fc.Arbitrary<Happening> = fc.oneof(
  amount.map((paid): Happening => ({ kind: "deposit", amount: paid })),
  fc.record({ kind: fc.constant("grant" as const), bucket: fc.constantFrom("promo", "earned"), amount }),
);

/** Usage with keys in order of time, and credit in between. */
const history: fc.Arbitrary<Happening[]> = fc
  .array(fc.oneof({ weight: 3, arbitrary: usage }, { weight: 1, arbitrary: credit }), { maxLength: 40 })
  .map((all) => all.map((each, key): Happening => ("kind" in each ? each : { kind: "usage", key, usage: each })));

const usages = fc.array(usage, { maxLength: 30 }).map((all) => all.map((each, key): Happening => used(key, each)));
const used = (key: number, each: Usage): Happening => ({ kind: "usage", key, usage: each });
const deposited = (paid: bigint): Happening => ({ kind: "deposit", amount: nanos(paid) });

const whole = (happenings: readonly Happening[]) => new AccountBooks().batch(happenings);

/** All that is left of a history: the account, the parts of every event, what was handed over. */
const outcome = (books: AccountBooks) => ({ state: books.state, parts: books.parts, totals: books.totals() });

/** Cuts a list where `cuts` says, somewhere at least. */
function batches<T>(list: readonly T[], cuts: readonly number[]): T[][] {
  const places = [...new Set(cuts.map((cut) => cut % (list.length + 1)))].sort((a, b) => a - b);
  return [...places, list.length].map((end, index) => list.slice(index === 0 ? 0 : places[index - 1], end));
}

describe("an account's history", () => {
  test("comes out the same in any batches", () => {
    fc.assert(
      fc.property(history, fc.array(fc.nat(), { maxLength: 12 }), (happenings, cuts) => {
        const apart = new AccountBooks();
        for (const batch of batches(happenings, cuts)) apart.batch(batch);
        expect(outcome(apart)).toEqual(outcome(whole(happenings)));
      }),
      runs,
    );
  });

  test("comes out the same when events are sent again, at once or later, alone or whole batches", () => {
    fc.assert(
      fc.property(history, fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 12 }), (happenings, again) => {
        const repeated = [...happenings];
        for (const [from, later] of again) {
          const place = from % (repeated.length + 1);
          const sent = repeated[place];
          if (sent?.kind === "usage") repeated.splice(place + 1 + (later % (repeated.length - place)), 0, sent);
        }
        const books = new AccountBooks();
        for (const batch of batches(repeated, [3, 7, 20])) {
          books.batch(batch);
          books.batch(batch.filter(({ kind }) => kind === "usage"));
        }
        expect(outcome(books)).toEqual(outcome(whole(happenings)));
      }),
      runs,
    );
  });

  test("charges, runs and spends as much in total in any order of events", () => {
    fc.assert(
      fc.property(fc.array(credit, { maxLength: 5 }), usages, fc.infiniteStream(fc.nat()), (credits, events, keys) => {
        const order = events.map((event) => ({ event, place: keys.next().value ?? 0 }));
        const shuffled = order.sort((a, b) => a.place - b.place).map(({ event }) => event);
        const [one, other] = [whole([...credits, ...events]), whole([...credits, ...shuffled])];
        expect(other.state.charged).toEqual(one.state.charged);
        expect(other.totals().runtimeMs).toBe(one.totals().runtimeMs);
        expect(other.totals().events).toBe(one.totals().events);
        const left = ({ state: { promo, earned, market, paidNet } }: AccountBooks) => [promo, earned, market, paidNet];
        expect(left(other)).toEqual(left(one));
        expect(totalOf(other.state.spent)).toBe(totalOf(one.state.spent));
      }),
      runs,
    );
  });
});

describe("what an event drew", () => {
  test("sums to its charge, takes promo before earned before paid, and nothing below zero but paid", () => {
    fc.assert(
      fc.property(history, (happenings) => {
        const books = new AccountBooks();
        for (const happening of happenings) {
          const before = { ...books.state };
          books.batch([happening]);
          if (happening.kind !== "usage") continue;
          const parts = books.parts.at(-1);
          if (!parts) throw new Error("An event has parts");
          const { promo, earned, market, paid } = parts;
          expect(promo + earned + market + paid).toBe(happening.usage.charge);
          expect([promo, earned, market, paid].every((part) => part >= 0n)).toBe(true);
          if (earned > 0n) expect(promo).toBe(before.promo);
          if (paid > 0n) expect([promo, earned]).toEqual([before.promo, before.earned]);
          const { promo: promoLeft, earned: earnedLeft, market: marketLeft } = books.state;
          expect([promoLeft, earnedLeft, marketLeft].every((left) => left >= 0n)).toBe(true);
        }
      }),
      runs,
    );
  });
});

describe("paid spend", () => {
  test("is what was drawn from paid less arrears, after every posting", () => {
    fc.assert(
      fc.property(history, (happenings) => {
        const books = new AccountBooks();
        for (const happening of happenings) {
          books.batch([happening]);
          const drawn = books.parts.reduce((sum, { paid }) => sum + paid, 0n);
          expect(totalOf(books.state.spent)).toBe(drawn - arrearsOf(books.state.paidNet));
        }
      }),
      runs,
    );
  });

  test("by service, commission and royalty is the same whether money came before the usage or settled it", () => {
    fc.assert(
      fc.property(
        usages,
        fc.array(amount, { maxLength: 6 }),
        fc.array(fc.nat(), { maxLength: 6 }),
        (events, paid, at) => {
          const mixed = [...events];
          paid.forEach((each, index) => {
            mixed.splice((at[index] ?? 0) % (mixed.length + 1), 0, deposited(each));
          });
          const before = whole([deposited(paid.reduce((sum, each) => sum + each, 0n)), ...events]);
          const after = whole(mixed);
          const { seq: _, ...rest } = before.state;
          expect(after.state).toMatchObject(rest);
          expect(after.totals()).toEqual(before.totals());
        },
      ),
      runs,
    );
  });

  test("is the same however a deposit is cut in pieces", () => {
    fc.assert(
      fc.property(usages, fc.array(amount, { minLength: 1, maxLength: 10 }), (events, pieces) => {
        const total = pieces.reduce((sum, each) => sum + each, 0n);
        const [one, many] = [whole([...events, deposited(total)]), whole([...events, ...pieces.map(deposited)])];
        expect(many.state.spent).toEqual(one.state.spent);
        expect(many.totals()).toEqual(one.totals());
      }),
      runs,
    );
  });
});

describe("what spend brings", () => {
  test("the bonus is due once, and exactly when paid spend stands at its trigger", () => {
    fc.assert(
      fc.property(history, fc.bigInt(1n, 12_000_000_000n), (happenings, trigger) => {
        const books = new AccountBooks(trigger);
        for (const happening of happenings) {
          books.batch([happening]);
          const reached = totalOf(books.state.spent) >= trigger;
          expect(books.state.bonusReached).toBe(reached);
          expect(books.totals().bonusDue).toBe(reached ? 1 : 0);
        }
      }),
      runs,
    );
  });

  test("commission is its rates of the spend inside the window, and the window's end lies outside", () => {
    fc.assert(
      fc.property(history, (happenings) => {
        const books = whole(happenings);
        expect(books.totals().commission).toBe(books.commissionOfBase());
        const late = whole(happenings.map((each) => (each.kind === "usage" ? at(each, windowEndMs) : each)));
        expect(late.totals().commission).toBe(0n);
        const early = whole(happenings.map((each) => (each.kind === "usage" ? at(each, windowEndMs - 1) : each)));
        expect(early.state.base).toEqual(early.state.spent);
      }),
      runs,
    );
  });

  test("royalty is its rate of paid spend on pods of the template, and runtime counts whoever paid", () => {
    fc.assert(
      fc.property(history, (happenings) => {
        const { royalty, templateSpend, runtimeMs } = whole(happenings).totals();
        expect(royalty).toBe(templateSpend * template.rate);
        const counted = happenings.reduce(
          (sum, each) => (each.kind === "usage" && onTemplate(each.usage) ? sum + each.usage.durationMs : sum),
          0n,
        );
        expect(runtimeMs).toBe(counted);
        const promo: Happening = { kind: "grant", bucket: "promo", amount: nanos(10n ** 15n) };
        const free = whole([promo, ...happenings]).totals();
        expect([free.royalty, free.runtimeMs]).toEqual([0n, counted]);
      }),
      runs,
    );
  });
});

const at = (each: Extract<Happening, { kind: "usage" }>, endedAtMs: number): Happening =>
  used(each.key, { ...each.usage, endedAtMs });

const onTemplate = (each: Usage): boolean => each.service === "pod" && each.template !== null;

test("by load, the bonus stands exactly while the money in, less the money taken back, is at its trigger", () => {
  fc.assert(
    fc.property(history, fc.bigInt(1n, 12_000_000_000n), (happenings, amount) => {
      const books = new AccountBooks({ kind: "load", amount: nanos(amount) });
      let [moneyIn, reached] = [0n, false];
      for (const happening of happenings) {
        books.batch([happening]);
        if (happening.kind === "deposit") moneyIn += happening.amount;
        if (happening.kind === "reversal") moneyIn -= happening.amount;
        reached ||= moneyIn >= amount;
        expect(books.state.bonusReached).toBe(reached);
        if (books.state.bonus) expect(books.state.bonus.posted).toBe(moneyIn >= amount);
      }
    }),
  );
});

test("by any provenance, commission is its rates of all usage in the window that stands, whichever credit paid", () => {
  const happening: fc.Arbitrary<Happening> = fc.oneof(
    { weight: 3, arbitrary: fc.record({ kind: fc.constant("usage" as const), key: fc.nat(30), usage }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("void" as const), key: fc.nat(30) }) },
    { weight: 1, arbitrary: credit },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("reversal" as const), amount }) },
  );
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 40 }), (happenings) => {
      const books = new AccountBooks(10_000_000_000n, "any");
      const standing = new Map<number, Usage | null>();
      for (const each of happenings) {
        books.batch([each]);
        if (each.kind === "usage" && !standing.has(each.key)) standing.set(each.key, each.usage);
        if (each.kind === "void" && standing.has(each.key)) standing.set(each.key, null);
      }
      const earning = [...standing.values()].filter((each) => each !== null && each.endedAtMs < windowEndMs);
      const of = (service: string) =>
        earning.reduce((sum, each) => (each?.service === service ? sum + each.charge : sum), 0n);
      expect(books.totals().commission).toBe(of("pod") * 300n + of("serverless") * 500n);
      expect(books.commissionOfBase()).toBe(books.totals().commission);
    }),
    runs,
  );
});
