import { expect, test } from "vitest";
import { defaultTerms } from "@/lib/programs/default-terms";
import { type ParametersOf, parseTerms } from "@/lib/programs/terms";
import { referralRules } from "./referral-rules";
import { bonusesText } from "./referrer-bonuses";

const bonus = (changes: Partial<ParametersOf<"referral">> = {}) => {
  const { parameters } = defaultTerms.find(({ program }) => program === "referral") ?? {};
  return referralRules(parseTerms("referral", { ...parameters, ...changes })).bonus;
};

test("a referrer's bonuses are the mean of the odds for each who qualifies, cut to cents, and called an average", () => {
  expect(bonusesText(bonus(), 1n)).toBe("+ about $6.39 in bonuses: on average $6.39 for each who qualifies");
  expect(bonusesText(bonus(), 3n)).toBe("+ about $19.17 in bonuses: on average $6.39 for each who qualifies");
  expect(bonusesText(bonus(), 100_000n)).toBe(
    "+ about $639,275.00 in bonuses: on average $6.39 for each who qualifies",
  );
  expect(bonus().isMostlyBelowMean).toBe(true);
});

test("a fixed bonus is no average, and no more are counted than the terms give", () => {
  const fixed = { kind: "fixed", amount: "7", byRegion: { EU: "9" }, bucket: "promo" } as const;
  expect(bonusesText(bonus({ bonus: fixed }), 3n)).toBe("+ $21.00 in bonuses: $7.00 for each who qualifies");
  const caps = { bonusesMax: 2, commissionMax: null };
  expect(bonusesText(bonus({ caps }), 2n)).toBe("+ about $12.78 in bonuses: on average $6.39 for each who qualifies");
  expect(bonusesText(bonus({ caps }), 3n)).toBe(
    "+ about $12.78 in bonuses: on average $6.39 for the first 2 who qualify",
  );
});
