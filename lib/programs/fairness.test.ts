import { describe, expect, test } from "vitest";
import { chiSquareLimit, fairness } from "./fairness";
import { defaultOdds, type Odds } from "./odds";

const expectedCounts = [700_000, 265_000, 30_000, 4_500, 450, 50];

/** The probability that chi-square exceeds `x`, by Simpson's rule over the density's tail. */
function tail(x: number, degrees: number): number {
  const logGamma = (half: number): number =>
    half === 0.5 ? Math.log(Math.sqrt(Math.PI)) : half === 1 ? 0 : Math.log(half - 1) + logGamma(half - 1);
  const scale = (degrees / 2) * Math.log(2) + logGamma(degrees / 2);
  const density = (t: number) => Math.exp((degrees / 2 - 1) * Math.log(t) - t / 2 - scale);
  const steps = 20_000;
  const width = 200 / steps;
  let sum = density(x) + density(x + 200);
  for (let i = 1; i < steps; i += 1) sum += density(x + i * width) * (i % 2 === 0 ? 2 : 4);
  return (sum * width) / 3;
}

describe("fairness", () => {
  test("draws exactly as expected deviate by nothing", () => {
    expect(fairness(defaultOdds, expectedCounts)).toMatchObject({
      draws: 1_000_000,
      chiSquare: 0,
      degrees: 5,
      limit: 20.515,
      within: true,
    });
  });

  test("chi-square is the sum of squared deviations over what was expected", () => {
    const result = fairness(defaultOdds, [700_700, 264_300, 30_000, 4_500, 450, 50]);
    expect(result.chiSquare).toBeCloseTo(700 ** 2 / 700_000 + 700 ** 2 / 265_000, 10);
    expect(result.within).toBe(true);
  });

  test("forty bonuses too many in the rarest tier exceed the limit", () => {
    expect(fairness(defaultOdds, [699_960, 265_000, 30_000, 4_500, 450, 90]).within).toBe(false);
  });

  test("no draws deviate by nothing, and are not enough to say anything", () => {
    expect(fairness(defaultOdds, [0, 0, 0, 0, 0, 0])).toMatchObject({ chiSquare: 0, within: true, limit: null });
  });

  test("tiers that expect fewer than five draws are counted together", () => {
    const result = fairness(defaultOdds, [1_400, 530, 60, 9, 1, 0]);
    expect(result.groups).toEqual([
      { tiers: [1], drawn: 1_400, expected: 1_400 },
      { tiers: [2], drawn: 530, expected: 530 },
      { tiers: [3], drawn: 60, expected: 60 },
      { tiers: [4, 5, 6], drawn: 10, expected: 10 },
    ]);
    expect(result).toMatchObject({ chiSquare: 0, degrees: 3, limit: 16.266 });
    expect(result.tiers.map(({ expected }) => expected)).toEqual([1_400, 530, 60, 9, 0.9, 0.1]);
  });

  test("and with the next rarest while even together they expect fewer", () => {
    expect(fairness(defaultOdds, [70, 27, 3, 0, 0, 0]).groups.map(({ tiers }) => tiers)).toEqual([
      [1],
      [2, 3, 4, 5, 6],
    ]);
    expect(fairness(defaultOdds, [12, 4, 0, 0, 0, 0])).toMatchObject({
      groups: [{ drawn: 16 }],
      degrees: 0,
      limit: null,
    });
    expect(fairness(defaultOdds, [12, 5, 0, 0, 0, 0]).groups.map(({ tiers }) => tiers)).toEqual([[1], [2, 3, 4, 5, 6]]);
  });

  test("one rare bonus among few draws does not pass the limit by itself", () => {
    expect(fairness(defaultOdds, [70, 26, 3, 0, 0, 1]).within).toBe(true);
  });

  test("every group expects at least five draws wherever there are two, and no draw is left out", () => {
    for (let draws = 0; draws < 200_000; draws = Math.ceil(draws * 1.3) + 1) {
      const counts = [draws, 0, 0, 0, 0, 0];
      const { groups } = fairness(defaultOdds, counts);
      expect(groups.flatMap(({ tiers }) => tiers).sort()).toEqual([1, 2, 3, 4, 5, 6]);
      expect(groups.reduce((sum, { drawn }) => sum + drawn, 0)).toBe(draws);
      if (groups.length > 1) expect(Math.min(...groups.map(({ expected }) => expected))).toBeGreaterThanOrEqual(5);
    }
  });

  test("odds of one tier cannot deviate", () => {
    const one: Odds = { tiers: [[1_000_000, 500, 500]], v: 1 };
    expect(fairness(one, [12])).toMatchObject({ chiSquare: 0, degrees: 0, limit: null, within: true });
  });

  test("counts must be as many as tiers", () => {
    expect(() => fairness(defaultOdds, [1, 2, 3])).toThrow(RangeError);
  });
});

test("each limit is exceeded by one fair experiment in a thousand", () => {
  for (let degrees = 1; degrees <= 15; degrees += 1) {
    expect(tail(chiSquareLimit(degrees) ?? 0, degrees)).toBeCloseTo(0.001, 6);
  }
  expect(chiSquareLimit(0)).toBeNull();
  expect(chiSquareLimit(16)).toBeNull();
});
