import { describe, expect, test } from "vitest";
import { nanos } from "@/lib/money/nanos";
import { defaultTerms } from "./default-terms";
import { defaultOdds } from "./odds";
import { checkTerms, fixedAmount, isProgram, type ParametersOf, parseTerms } from "./terms";

const fixed = { kind: "fixed", amount: "5", byRegion: {}, bucket: "promo" };
const signup: ParametersOf<"signup-bonus"> = {
  trigger: { kind: "spend", amount: "10", service: null },
  bonus: { kind: "draw", odds: defaultOdds },
  credit: { holdHours: 0, expiryDays: null },
  signIns: null,
};

/** The fields that are refused. */
const wrong = (parameters: unknown): string[] => {
  const checked = checkTerms("signup-bonus", parameters);
  return checked.ok ? [] : checked.problems.map(({ path }) => path);
};

describe("the default terms", () => {
  const versions = new Map(defaultTerms.map((version) => [version.program, version]));

  test("name the five programs once each, and every one is well formed", () => {
    expect([...versions.keys()]).toEqual([
      "signup-bonus",
      "referral",
      "referral-beta",
      "serverless-referral-beta",
      "template-beta",
    ]);
    for (const { program, parameters } of defaultTerms) {
      expect(parseTerms(program, JSON.parse(JSON.stringify(parameters))).program).toBe(program);
    }
  });

  test("say $10 for a bonus by the published odds, and 3 % and 5 % for six months", () => {
    expect(parseTerms("signup-bonus", versions.get("signup-bonus")?.parameters)).toEqual({
      program: "signup-bonus",
      trigger: { kind: "spend", amount: 10_000_000_000n, service: null },
      bonus: { kind: "draw", odds: defaultOdds },
      credit: { holdMs: 0n, expiryMs: null },
      signIns: null,
    });
    expect(parseTerms("referral", versions.get("referral")?.parameters)).toMatchObject({
      trigger: { kind: "spend", amount: 10_000_000_000n },
      commission: { rates: { pod: 300n, serverless: 500n, storage: 0n }, window: { kind: "months", months: 6 } },
      attributionMs: 30n * 86_400_000n,
    });
  });

  test("say 2 % for life behind a gate of 25 accounts and $500, $500 for $1,000 on serverless, 1 % after 24 hours", () => {
    expect(parseTerms("referral-beta", versions.get("referral-beta")?.parameters)).toMatchObject({
      commission: { rates: { pod: 200n, serverless: 200n, storage: 200n }, window: { kind: "lifetime" } },
      gate: { accounts: 25, spend: 500_000_000_000n, reapplyMs: 30n * 86_400_000n },
    });
    expect(parseTerms("serverless-referral-beta", versions.get("serverless-referral-beta")?.parameters)).toMatchObject({
      trigger: { kind: "spend", amount: 1_000_000_000_000n, service: "serverless" },
      bonus: { kind: "fixed", amount: 500_000_000_000n, bucket: "earned" },
    });
    expect(parseTerms("template-beta", versions.get("template-beta")?.parameters)).toMatchObject({
      royalty: { rate: 100n, provenance: "paid" },
      gate: { runtimeMs: 86_400_000n },
      claimMs: 30n * 86_400_000n,
    });
  });

  test("end the beta referral terms at the instant the current ones begin", () => {
    expect(versions.get("referral")?.effectiveFrom).toBe("2025-06-16T00:00:00.000Z");
    expect(versions.get("referral-beta")?.effectiveUntil).toBe("2025-06-16T00:00:00.000Z");
    expect(versions.get("serverless-referral-beta")?.effectiveUntil).toBe("2025-06-16T00:00:00.000Z");
    for (const { effectiveFrom, effectiveUntil } of defaultTerms) {
      expect(new Date(effectiveFrom).toISOString()).toBe(effectiveFrom);
      if (effectiveUntil !== null) expect(effectiveFrom < effectiveUntil).toBe(true);
    }
  });
});

describe("checkTerms", () => {
  test("reads a trigger by load, a fixed bonus by region, sign-in methods, hours of hold and days of life", () => {
    const checked = checkTerms("signup-bonus", {
      trigger: { kind: "load", amount: "25.50" },
      bonus: { kind: "fixed", amount: "5", byRegion: { US: "10" }, bucket: "promo" },
      credit: { holdHours: 24, expiryDays: 90 },
      signIns: ["google", "email"],
    });
    expect(checked).toEqual({
      ok: true,
      terms: {
        program: "signup-bonus",
        trigger: { kind: "load", amount: 25_500_000_000n },
        bonus: { kind: "fixed", amount: 5_000_000_000n, byRegion: { US: 10_000_000_000n }, bucket: "promo" },
        credit: { holdMs: 86_400_000n, expiryMs: 90n * 86_400_000n },
        signIns: ["google", "email"],
      },
    });
  });

  test.each([
    ["an amount as a number", { ...signup, trigger: { ...signup.trigger, amount: 10 } }, "trigger.amount"],
    ["an amount in another form", { ...signup, trigger: { ...signup.trigger, amount: "1e1" } }, "trigger.amount"],
    ["a trigger of nothing", { ...signup, trigger: { ...signup.trigger, amount: "0" } }, "trigger.amount"],
    ["an unknown service", { ...signup, trigger: { ...signup.trigger, service: "gpu" } }, "trigger.service"],
    ["a fixed bonus in parts of a cent", { ...signup, bonus: { ...fixed, amount: "5.001" } }, "bonus.amount"],
    ["a fixed bonus of nothing", { ...signup, bonus: { ...fixed, byRegion: { IN: "0" } } }, "bonus.byRegion.IN"],
    ["a fixed bonus past what odds allow", { ...signup, bonus: { ...fixed, amount: "1000000.01" } }, "bonus.amount"],
    ["a fixed bonus into earned", { ...signup, bonus: { ...fixed, bucket: "earned" } }, "bonus.bucket"],
    ["an unknown kind of trigger", { ...signup, trigger: { kind: "login" } }, "trigger.kind"],
    [
      "odds that do not add up",
      { ...signup, bonus: { kind: "draw", odds: { tiers: [[1, 1, 1]], v: 1 } } },
      "bonus.odds",
    ],
    ["half an hour of hold", { ...signup, credit: { holdHours: 0.5, expiryDays: null } }, "credit.holdHours"],
    ["a credit that is gone at once", { ...signup, credit: { holdHours: 0, expiryDays: 0 } }, "credit.expiryDays"],
    ["no way to sign in", { ...signup, signIns: [] }, "signIns"],
    ["a way to sign in twice", { ...signup, signIns: ["email", "email"] }, "signIns"],
    ["a missing field", { ...signup, signIns: undefined }, "signIns"],
    ["a field that is not there", { ...signup, extra: 1 }, ""],
    ["no object", null, ""],
  ])("refuses %s and names the field", (_, parameters, path) => {
    expect(wrong(parameters)).toEqual([path]);
  });

  test("names every wrong field, not only the first", () => {
    expect(wrong({ ...signup, credit: { holdHours: -1, expiryDays: -1 } })).toEqual([
      "credit.holdHours",
      "credit.expiryDays",
    ]);
  });

  test("refuses a rate that is not whole basis points between 0 and 100 %", () => {
    for (const rate of [2.5, -1, 10_001, "100"]) {
      const parameters = { royalty: { rate, provenance: "paid" }, gate: { runtimeMs: 0 }, claimDays: 30 };
      expect(checkTerms("template-beta", parameters).ok).toBe(false);
    }
  });
});

describe("parseTerms", () => {
  test("throws with the program and the field where a row is malformed", () => {
    expect(() => parseTerms("signup-bonus", { ...signup, signIns: [] })).toThrow(/signup-bonus.*signIns/);
  });

  test.each(["market", "", "constructor", "__proto__"])("knows no program %j", (program) => {
    expect(isProgram(program)).toBe(false);
    expect(() => parseTerms(program, signup)).toThrow(/no program/);
  });
});

test("a fixed bonus is the region's own amount, or the common one, whatever a region is called", () => {
  const fixed = { kind: "fixed" as const, amount: nanos(5n), byRegion: { EU: nanos(7n) }, bucket: "promo" as const };
  expect(fixedAmount(fixed, "EU")).toBe(7n);
  expect(fixedAmount(fixed, "US")).toBe(5n);
  expect(fixedAmount(fixed, null)).toBe(5n);
  expect(fixedAmount(fixed, "constructor")).toBe(5n);
});
