import { expect, test } from "vitest";
import { notEligible, type Origin } from "./eligibility";

const origin: Origin = { isOldCustomer: false, isNew: true, signedInBy: "email" };

test("any way to sign in, and an import as well, is eligible where the terms ask for none", () => {
  for (const signedInBy of ["google", "github", "email", null] as const) {
    expect(notEligible({ ...origin, signedInBy }, null)).toBeNull();
  }
});

test("where the terms ask for ways to sign in, only those are eligible, and an import is not", () => {
  const ways = ["google", "github"] as const;
  const why = (signedInBy: Origin["signedInBy"]) => notEligible({ ...origin, signedInBy }, ways);
  expect([why("google"), why("github"), why("email"), why(null)]).toEqual([
    null,
    null,
    "sign_in_method",
    "sign_in_method",
  ]);
});

test("what no sign-in could mend is said first", () => {
  expect(notEligible({ ...origin, isNew: false }, ["google"])).toBe("not_new");
  expect(notEligible({ ...origin, isOldCustomer: true, isNew: false }, ["google"])).toBe("imported");
});
