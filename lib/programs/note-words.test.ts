import { expect, test } from "vitest";
import { defaultTerms } from "./default-terms";
import { noteWords } from "./note-words";
import { type ParametersOf, parseTerms } from "./terms";

const words = (changes: Partial<ParametersOf<"signup-bonus">> = {}) => {
  const { parameters } = defaultTerms.find(({ program }) => program === "signup-bonus") ?? {};
  return noteWords(parseTerms("signup-bonus", { ...parameters, ...changes }));
};

test("a note says from what to what a bonus is drawn, not what has to be spent for it", () => {
  expect(words()).toEqual({
    what: "a random bonus",
    title: "A random bonus for $10 spent",
    worth: "$5\u00a0–\u00a0$500",
    spoken: "$5 to $500",
  });
});

test("a note of other odds has their range, and one of a fixed bonus what it is wherever one lives", () => {
  const odds = {
    tiers: [
      [900_000, 50, 99],
      [100_000, 100, 250_000],
    ],
    v: 1,
  };
  expect(words({ bonus: { kind: "draw", odds } }).spoken).toBe("$0.50 to $2,500");
  const fixed = { kind: "fixed", amount: "7", byRegion: {}, bucket: "promo" } as const;
  expect(words({ bonus: fixed, trigger: { kind: "load", amount: "25" } })).toEqual({
    what: "a bonus",
    title: "A bonus for $25 paid in",
    worth: "$7",
    spoken: "$7",
  });
  expect(words({ bonus: { ...fixed, byRegion: { EU: "9.50", IN: "3" } } }).spoken).toBe("$3 to $9.50");
});
