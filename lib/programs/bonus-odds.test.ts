import { expect, test } from "vitest";
import { nanos } from "@/lib/money/nanos";
import { bonusOdds, bonusRegions } from "./bonus-odds";
import { drawBonus } from "./draw";
import { defaultOdds, oddsRange, parseOdds } from "./odds";

const fixed = {
  kind: "fixed" as const,
  amount: nanos(5_000_000_000n),
  byRegion: { US: nanos(10_500_000_000n), constructor: nanos(10_000_000n) },
  bucket: "promo" as const,
};

test("a fixed bonus is a draw with one outcome, which any randomness gives", () => {
  for (const [region, amount] of [
    ["US", 10_500_000_000n],
    ["constructor", 10_000_000n],
    ["FR", 5_000_000_000n],
    [null, 5_000_000_000n],
  ] as const) {
    const odds = bonusOdds(fixed, region);
    expect(parseOdds(odds).ok).toBe(true);
    expect(oddsRange(odds)).toEqual({ least: amount, most: amount });
    for (const byte of [0, 7, 255]) {
      const drawn = drawBonus(odds, new Uint8Array(32).fill(byte), "0197f3a0-0000-7000-8000-000000000000");
      expect(drawn.amount).toBe(amount);
    }
  }
  expect(bonusRegions(fixed)).toEqual([null, "US", "constructor"]);
});

test("odds are the same in every region", () => {
  const drawn = { kind: "draw" as const, odds: defaultOdds };
  expect(bonusOdds(drawn, "US")).toBe(defaultOdds);
  expect(bonusRegions(drawn)).toEqual([null]);
});
