import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  canonicalOdds,
  defaultOdds,
  expectedValue,
  isMostlyBelowMean,
  type Odds,
  oddsHash,
  oddsRange,
  parseOdds,
  spread,
  weightUpTo,
} from "./odds";

const valid = { tiers: [[1_000_000, 500, 500]], v: 1 };

describe("the default odds", () => {
  test("are hashed in their published form, keys sorted and no spaces", () => {
    expect(canonicalOdds(defaultOdds)).toBe(
      '{"tiers":[[700000,500,500],[265000,501,1000],[30000,1001,2500],[4500,2501,10000],[450,10001,25000],[50,25001,50000]],"v":1}',
    );
    expect(oddsHash(defaultOdds)).toBe("0c86fcdb8b1ea6e3d20b18cb8453fdc99db800796eb18e401f36d4d6c253f081");
  });

  test("are worth $6.39275 on average, $5 to $500, and 96.5 % give $10 or less", () => {
    expect(expectedValue(defaultOdds)).toBe(6_392_750_000n);
    expect(oddsRange(defaultOdds)).toEqual({ least: 5_000_000_000n, most: 500_000_000_000n });
    expect(weightUpTo(defaultOdds, 500)).toBe(700_000);
    expect(weightUpTo(defaultOdds, 1_000)).toBe(965_000);
    expect(weightUpTo(defaultOdds, 499)).toBe(0);
    expect(weightUpTo(defaultOdds, 50_000)).toBe(1_000_000);
    expect(weightUpTo(defaultOdds, 999)).toBeNull();
  });

  test("are what they are after a journey through JSON, whatever the order of keys", () => {
    const { tiers, v } = defaultOdds;
    const parsed = parseOdds(JSON.parse(JSON.stringify({ v, tiers })));
    expect(parsed).toEqual({ ok: true, odds: defaultOdds });
    if (parsed.ok) expect(oddsHash(parsed.odds)).toBe(oddsHash(defaultOdds));
  });
});

describe("parseOdds", () => {
  test.each([
    ["nothing", undefined],
    ["a list", []],
    ["another version", { ...valid, v: 2 }],
    ["an unknown key", { ...valid, note: "" }],
    ["no tiers", { tiers: [], v: 1 }],
    ["seventeen tiers", { tiers: Array.from({ length: 17 }, (_, i) => [1, i + 1, i + 1]), v: 1 }],
    ["a tier of two", { tiers: [[1_000_000, 500]], v: 1 }],
    ["a weight in text", { tiers: [["1000000", 500, 500]], v: 1 }],
    ["a fraction of a cent", { tiers: [[1_000_000, 500, 500.5]], v: 1 }],
    ["weights that sum to 999,999", { tiers: [[999_999, 500, 500]], v: 1 }],
    [
      "a weight of zero",
      {
        tiers: [
          [1_000_000, 1, 1],
          [0, 2, 2],
        ],
        v: 1,
      },
    ],
    [
      "a negative weight",
      {
        tiers: [
          [1_000_001, 1, 1],
          [-1, 2, 2],
        ],
        v: 1,
      },
    ],
    ["no cents", { tiers: [[1_000_000, 0, 500]], v: 1 }],
    ["bounds the wrong way round", { tiers: [[1_000_000, 501, 500]], v: 1 }],
    [
      "tiers that overlap",
      {
        tiers: [
          [500_000, 1, 10],
          [500_000, 10, 20],
        ],
        v: 1,
      },
    ],
    ["more than $1,000,000", { tiers: [[1_000_000, 1, 100_000_001]], v: 1 }],
  ])("refuses %s", (_, value) => {
    expect(parseOdds(value).ok).toBe(false);
  });

  test("every change of a number changes the hash or is refused", () => {
    for (const [at, tier] of defaultOdds.tiers.entries()) {
      for (const part of tier.keys()) {
        const tiers = defaultOdds.tiers.map((each, i) =>
          i === at ? each.map((n, j) => (j === part ? n + 1 : n)) : each,
        );
        const parsed = parseOdds({ tiers, v: 1 });
        if (parsed.ok) expect(oddsHash(parsed.odds)).not.toBe(oddsHash(defaultOdds));
      }
    }
  });
});

test("the expected value is the exact mean, without a remainder", () => {
  const odds = fc
    .tuple(
      fc.integer({ min: 1, max: 999_999 }),
      fc.uniqueArray(fc.integer({ min: 1, max: 100_000 }), { minLength: 4, maxLength: 4 }),
    )
    .map(([weight, cents]): Odds => {
      const [a = 0, b = 0, c = 0, d = 0] = cents.sort((x, y) => x - y);
      return {
        tiers: [
          [weight, a, b],
          [1_000_000 - weight, c, d],
        ],
        v: 1,
      };
    });
  fc.assert(
    fc.property(odds, (each) => {
      const doubledCents = each.tiers.reduce((sum, [weight, min, max]) => sum + BigInt(weight) * BigInt(min + max), 0n);
      expect(expectedValue(each) * 2n * 1_000_000n).toBe(doubledCents * 10_000_000n);
    }),
  );
});

test("the mean is called one that most draws are below only where they surely are", () => {
  expect(isMostlyBelowMean(defaultOdds)).toBe(true);
  expect(isMostlyBelowMean({ tiers: [[1_000_000, 500, 500]], v: 1 })).toBe(false);
  const half: Odds = {
    tiers: [
      [500_000, 100, 100],
      [500_000, 300, 300],
    ],
    v: 1,
  };
  expect(isMostlyBelowMean(half)).toBe(false);
});

describe("spread", () => {
  test("of one amount is nothing, and of two as likely amounts half the way between them", () => {
    expect(spread({ tiers: [[1_000_000, 500, 500]], v: 1 })).toBe(0n);
    expect(spread({ tiers: [[1_000_000, 500, 501]], v: 1 })).toBe(5_000_000n);
  });

  test("of the default odds is what every cent of every tier, added up, gives", () => {
    const mean = Number(expectedValue(defaultOdds)) / 1e7;
    let variance = 0;
    for (const [weight, min, max] of defaultOdds.tiers) {
      for (let cents = min; cents <= max; cents += 1) {
        variance += (weight / 1_000_000 / (max - min + 1)) * (cents - mean) ** 2;
      }
    }
    expect(Number(spread(defaultOdds)) / 1e7).toBeCloseTo(Math.sqrt(variance), 5);
  });
});
