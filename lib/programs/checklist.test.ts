import { describe, expect, test } from "vitest";
import { nanos } from "@/lib/money/nanos";
import { nothingByService } from "./account";
import {
  ANY_CREDIT,
  type BonusFacts,
  betaGateChecklist,
  type Condition,
  milestoneChecklist,
  ownBonusChecklist,
  type PairFacts,
  referralChecklist,
  templateChecklist,
} from "./checklist";
import { betaGateMissing, isMet, runtimeMissing } from "./gates";
import { missingTo, standingOf } from "./standing";

const untouched: BonusFacts = {
  notEligible: null,
  bonusesMax: null,
  asksForSignIn: false,
  draw: null,
  isPosted: null,
  hold: null,
  trigger: "spend",
  wasReached: false,
  missing: nanos(4n),
  said: null,
};
const reached: BonusFacts = { ...untouched, wasReached: true, missing: nanos(0n) };
const pair: PairFacts = {
  voidReason: null,
  hold: null,
  windowEndMs: 2_000,
  nowMs: 1_000,
  isSpending: true,
  provenance: "paid",
  bonus: untouched,
};

const states = (conditions: readonly Condition[]) =>
  Object.fromEntries(conditions.map(({ name, state }) => [name, state]));
const of = (conditions: readonly Condition[], name: Condition["name"]) =>
  conditions.find((condition) => condition.name === name);
const drawn = (state: "due" | "held" | "queued" | "bound" | "drawn", heldReason: string | null = null) => ({
  state,
  heldReason,
});

describe("an own bonus", () => {
  test("that is not there yet says how much paid spend is missing, and that the rest is to come", () => {
    const list = ownBonusChecklist(untouched);
    expect(list.map(({ name, state }) => `${name} ${state}`)).toEqual([
      "new_account met",
      "spend not_yet",
      "review not_yet",
      "budget not_yet",
      "round not_yet",
      "standing not_yet",
    ]);
    expect(of(list, "spend")?.missing).toEqual({ of: "dollars", amount: 4n });
  });

  test("that is not for this account says why, and nothing of steps that will not come", () => {
    expect(ownBonusChecklist({ ...untouched, notEligible: "not_new" })).toMatchObject([
      { name: "new_account", state: "failed", reason: "not_new" },
    ]);
  });

  test.each([
    ["due", null, { review: "not_yet", budget: "not_yet", round: "not_yet" }],
    ["held", "velocity", { review: "not_yet", budget: "not_yet", round: "not_yet" }],
    ["held", "refused:velocity", { review: "failed", budget: "not_yet", round: "not_yet" }],
    ["queued", "budget", { review: "met", budget: "not_yet", round: "not_yet" }],
    ["bound", null, { review: "met", budget: "met", round: "not_yet" }],
    ["drawn", null, { review: "met", budget: "met", round: "met" }],
  ] as const)("whose draw is %s (%s) stands at its own step", (state, reason, expected) => {
    const isPosted = state === "drawn" ? true : null;
    expect(states(ownBonusChecklist({ ...reached, draw: drawn(state, reason), isPosted }))).toMatchObject({
      ...expected,
      spend: "met",
      standing: "met",
    });
  });

  test("in review, queued or refused gives its reason there, and an operator's words", () => {
    expect(of(ownBonusChecklist({ ...reached, draw: drawn("held", "velocity") }), "review")?.reason).toBe("velocity");
    expect(of(ownBonusChecklist({ ...reached, draw: drawn("queued", "paused") }), "budget")?.reason).toBe("paused");
    const refused = ownBonusChecklist({ ...reached, draw: drawn("held", "refused:cluster"), said: "One person" });
    expect(of(refused, "review")).toMatchObject({ reason: "cluster", said: "One person" });
  });

  test("taken back says how much paid spend is missing again, and keeps what was met", () => {
    const back = ownBonusChecklist({ ...reached, missing: nanos(3n), draw: drawn("drawn"), isPosted: false });
    expect(states(back)).toMatchObject({ spend: "met", round: "met", standing: "not_yet" });
    expect(of(back, "standing")).toMatchObject({ missing: { amount: 3n }, reason: "fell_below" });
  });
});

test("a referrer's bonus says whether there is room for it, and beyond the limit that it never comes", () => {
  const capped = (draw: BonusFacts["draw"]) =>
    referralChecklist({ ...pair, bonus: { ...reached, bonusesMax: 2, draw } }, "referrer");
  expect(of(capped(null), "cap")?.state).toBe("not_yet");
  expect(of(capped(drawn("due")), "cap")?.state).toBe("not_yet");
  expect(of(capped(drawn("queued")), "cap")?.state).toBe("met");
  expect(of(capped(drawn("held", "cap")), "cap")).toMatchObject({ state: "failed", reason: "cap" });
  expect(of(capped(drawn("held", "cap")), "review")).toBeUndefined();
  expect(of(referralChecklist(pair, "referrer"), "cap")).toBeUndefined();
});

test("an account opened by another sign-in is new, and told that this is what it lacks", () => {
  const other = ownBonusChecklist({ ...untouched, asksForSignIn: true, notEligible: "sign_in_method" });
  expect(states(other)).toEqual({ new_account: "met", sign_in: "failed" });
  expect(states(ownBonusChecklist({ ...untouched, asksForSignIn: true }))).toMatchObject({ sign_in: "met" });
  expect(of(ownBonusChecklist(untouched), "sign_in")).toBeUndefined();
});

describe("a pair", () => {
  test("never tells the referrer an amount, and tells the referred one its own", () => {
    const facts = { ...pair, bonus: { ...reached, missing: nanos(7n) } };
    for (const bonus of [facts.bonus, untouched]) {
      const told = referralChecklist({ ...facts, bonus }, "referrer");
      expect(told.every(({ missing }) => missing === null)).toBe(true);
    }
    expect(of(referralChecklist(facts, "referred"), "standing")?.missing).toEqual({ of: "dollars", amount: 7n });
    expect(of(referralChecklist(pair, "referred"), "spend")?.missing).toEqual({ of: "dollars", amount: 4n });
  });

  test("has its window open until the very instant, which is excluded", () => {
    expect(of(referralChecklist({ ...pair, nowMs: 1_999 }, "referrer"), "window")).toMatchObject({
      state: "met",
      untilMs: 2_000,
    });
    expect(of(referralChecklist({ ...pair, nowMs: 2_000 }, "referrer"), "window")?.state).toBe("failed");
    expect(of(referralChecklist({ ...pair, windowEndMs: null }, "referrer"), "window")).toMatchObject({
      state: "met",
      untilMs: null,
    });
  });

  test("of one person fails there, and one that is held waits with its reason", () => {
    expect(states(referralChecklist({ ...pair, voidReason: "self" }, "referrer"))).toMatchObject({
      other_person: "failed",
      new_account: "met",
    });
    expect(of(referralChecklist({ ...pair, voidReason: "not_new" }, "referred"), "new_account")?.state).toBe("failed");
    const hold = { state: "held" as const, reason: "payment_fingerprint", said: null };
    expect(of(referralChecklist({ ...pair, hold }, "referrer"), "pair")).toMatchObject({
      state: "not_yet",
      reason: "payment_fingerprint",
    });
    expect(of(referralChecklist({ ...pair, hold: { ...hold, state: "refused" } }, "referred"), "pair")?.state).toBe(
      "failed",
    );
  });

  test("of an imported customer has no bonus on its way, and under the beta terms none is spoken of", () => {
    const imported = referralChecklist({ ...pair, bonus: { ...untouched, notEligible: "imported" } }, "referrer");
    expect(states(imported)).toEqual({
      followed_link: "met",
      other_person: "met",
      new_account: "failed",
      spending: "met",
      window: "met",
      pair: "met",
    });
    expect(of(referralChecklist({ ...pair, bonus: null }, "referrer"), "spend")).toBeUndefined();
  });
});

test("a milestone is missed, reached, and taken back by the same spend, whose amount is the referred one's alone", () => {
  expect(
    states(milestoneChecklist({ trigger: "spend", missing: nanos(1n), times: 0, hold: null }, "referred")),
  ).toEqual({
    spend: "not_yet",
    standing: "not_yet",
  });
  expect(
    states(milestoneChecklist({ trigger: "spend", missing: nanos(0n), times: 1, hold: null }, "referred")),
  ).toEqual({
    spend: "met",
    standing: "met",
  });
  const back = milestoneChecklist({ trigger: "spend", missing: nanos(1n), times: 2, hold: null }, "referred");
  expect(of(back, "standing")).toMatchObject({ state: "not_yet", missing: { amount: 1n } });
  expect(
    milestoneChecklist({ trigger: "spend", missing: nanos(1n), times: 2, hold: null }, "referrer").every(
      ({ missing }) => missing === null,
    ),
  ).toBe(true);
});

test("a milestone that was reached while its pair is held waits for it, and one that was posted before stays", () => {
  const held = {
    trigger: "spend" as const,
    missing: nanos(0n),
    hold: { state: "held" as const, reason: "cluster", said: null },
  };
  expect(states(milestoneChecklist({ ...held, times: 0 }, "referrer"))).toMatchObject({
    spend: "met",
    pair: "not_yet",
  });
  const refused = { ...held, times: 0, hold: { ...held.hold, state: "refused" as const } };
  expect(states(milestoneChecklist(refused, "referred"))).toMatchObject({ pair: "failed" });
  expect(states(milestoneChecklist({ ...held, times: 1 }, "referrer"))).toEqual({ spend: "met", standing: "met" });
});

test("a template's gate misses its last millisecond, and stays met once it was", () => {
  const gateMs = 86_400_000n;
  expect(templateChecklist({ isMet: false, runtimeMs: gateMs - 1n, gateMs })).toMatchObject([
    { state: "not_yet", missing: { of: "milliseconds", amount: 1n } },
  ]);
  expect(templateChecklist({ isMet: false, runtimeMs: gateMs, gateMs })[0]?.state).toBe("met");
  expect(templateChecklist({ isMet: true, runtimeMs: 0n, gateMs })[0]?.state).toBe("met");
  expect(runtimeMissing(gateMs + 1n, gateMs)).toBe(0n);
});

describe("the gate of the beta terms", () => {
  const need = { accounts: 25, spend: nanos(500n) };

  test("needs both the accounts and what they spent", () => {
    expect(isMet(betaGateMissing({ accounts: 24, spend: nanos(900n) }, need))).toBe(false);
    expect(isMet(betaGateMissing({ accounts: 30, spend: nanos(499n) }, need))).toBe(false);
    expect(isMet(betaGateMissing({ accounts: 25, spend: nanos(500n) }, need))).toBe(true);
  });

  test("says what is missing of each, and what became of the application", () => {
    const missing = betaGateMissing({ accounts: 20, spend: nanos(400n) }, need);
    const list = betaGateChecklist(missing, null, 0);
    expect(list).toMatchObject([
      { name: "gate_accounts", state: "not_yet", missing: { amount: 5 } },
      { name: "gate_spend", state: "not_yet", missing: { amount: 100n } },
      { name: "application", state: "not_yet", reason: "to_apply" },
    ]);
    const declined = { state: "declined" as const, said: "Not yet", againMs: 10 };
    expect(betaGateChecklist(missing, declined, 9)[2]).toMatchObject({ state: "failed", said: "Not yet", untilMs: 10 });
    expect(betaGateChecklist(missing, declined, 10)[2]?.state).toBe("not_yet");
    expect(betaGateChecklist(missing, { ...declined, state: "accepted" }, 9)[2]?.state).toBe("met");
  });
});

test("nothing is missing to a trigger exactly where the reward behind it stands", () => {
  const trigger = { kind: "spend" as const, amount: nanos(10n), service: null };
  for (const pod of [0n, 9n, 10n, 11n]) {
    const state = { spent: { ...nothingByService(), pod: nanos(pod) }, paidNet: nanos(0n) };
    const pins = { bonusTrigger: trigger, milestoneTrigger: null };
    expect(standingOf(state, pins).bonus).toBe(missingTo(state, trigger) === 0n);
  }
  expect(missingTo({ spent: nothingByService(), paidNet: nanos(0n) }, null)).toBeNull();
});

test("by load, the conditions speak of deposits and never of spend", () => {
  const byLoad = { ...untouched, trigger: "load" as const };
  expect(states(ownBonusChecklist(byLoad))).toMatchObject({ load: "not_yet", load_standing: "not_yet" });
  const back = ownBonusChecklist({ ...byLoad, wasReached: true, draw: drawn("drawn"), isPosted: false });
  expect(of(back, "load")?.state).toBe("met");
  expect(of(back, "load_standing")).toMatchObject({ missing: { amount: 4n }, reason: "fell_below" });
  expect(states(milestoneChecklist({ trigger: "load", missing: nanos(0n), times: 1, hold: null }, "referrer"))).toEqual(
    {
      load: "met",
      load_standing: "met",
    },
  );
  expect(back.some(({ name }) => name === "spend" || name === "standing")).toBe(false);
});

test("by terms of any provenance the condition of paid spend says that commission does not wait for it", () => {
  const spending = (provenance: PairFacts["provenance"]) =>
    of(referralChecklist({ ...pair, isSpending: false, provenance }, "referrer"), "spending");
  expect(spending("paid")).toMatchObject({ state: "not_yet", reason: null });
  expect(spending("any")).toMatchObject({ state: "not_yet", reason: ANY_CREDIT });
});
