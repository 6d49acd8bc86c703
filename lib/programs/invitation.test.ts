import { expect, test } from "vitest";
import { defaultTerms } from "./default-terms";
import { invitationTerms } from "./invitation";
import { type ParametersOf, parseTerms } from "./terms";

const told = (changes: Partial<ParametersOf<"referral">> = {}) => {
  const { parameters } = defaultTerms.find(({ program }) => program === "referral") ?? {};
  return invitationTerms(parseTerms("referral", { ...parameters, ...changes }));
};

test("who is invited is told what both sides get and when, in the figures of the terms", () => {
  expect(told()).toEqual({
    offer: "Spend your first $10 and you both get a random bonus from $5 to $500.",
    yours: [
      {
        what: "A random bonus from $5 to $500, in a draw of its own",
        when: "As soon as your first $10 is spent; paying in alone does not count.",
      },
    ],
    theirs: [
      { what: "A random bonus from $5 to $500, in a draw of its own", when: "At the same moment." },
      {
        what: "3% of what you spend on pods and 5% of what you spend on serverless for 6 months",
        when: "From the day you sign up. The platform pays it: you pay nothing for it.",
      },
    ],
    commission: "3% of what you spend on pods and 5% of what you spend on serverless for 6 months",
    within: "30 days",
  });
});

test("other terms are told as they are", () => {
  const { offer, yours, theirs } = told({
    trigger: { kind: "load", amount: "25" },
    bonus: { kind: "fixed", amount: "7", byRegion: {}, bucket: "promo" },
    commission: {
      rates: { pod: 200, serverless: 200, storage: 200 },
      window: { kind: "lifetime" },
      provenance: "paid",
    },
  });
  expect(offer).toBe("Load your first $25 and you both get $7.");
  expect(yours).toEqual([{ what: "$7", when: "As soon as you have paid in $25." }]);
  expect(theirs[1]?.what).toBe("2% of every dollar you spend, for as long as your account lives");
});
