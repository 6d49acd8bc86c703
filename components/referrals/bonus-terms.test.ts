import { expect, test } from "vitest";
import { bonusNote, qualifiedWords } from "./bonus-terms";

const none = { drawn: 0, waiting: 0, takenBack: 0 };

test("a referrer under the beta terms alone is promised no bonus for who qualified", () => {
  expect(qualifiedWords.beta).not.toContain("both");
  expect(bonusNote(none, "beta")).toContain("None is drawn for your referrals under the beta terms");
  expect(bonusNote(none, "both")).toContain("none for those under the beta terms");
  expect(bonusNote(none, "current")).toBe("One is drawn for every referral that qualifies.");
});

test("bonuses that came are counted, whatever the terms", () => {
  for (const terms of ["current", "both"] as const) {
    expect(bonusNote({ drawn: 3, waiting: 1, takenBack: 1 }, terms)).toBe(
      "2 drawn, in your promo credit. 1 on the way. 1 taken back.",
    );
  }
});
