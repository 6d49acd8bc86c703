import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiHarness, apiHarness } from "@/lib/testing/api-harness";
import { type CreditSteps, creditSteps } from "@/lib/testing/credit-steps";
import { type ExampleSteps, exampleSteps } from "@/lib/testing/example-steps";
import { alwaysCents, otherTerms } from "@/lib/testing/other-terms";
import { sweepAtOnce } from "@/lib/testing/races";
import { drawnWithin } from "@/lib/testing/wait-for-draws";

let api: ApiHarness;
let steps: ExampleSteps;
let credit: CreditSteps;
let milestone: string;

const HOLD_HOURS = 48;

beforeAll(async () => {
  api = await apiHarness();
  steps = exampleSteps(api);
  credit = creditSteps(api);
  const held = { bonus: alwaysCents(700), credit: { holdHours: HOLD_HOURS, expiryDays: 10 } } as const;
  await otherTerms(api, "signup-bonus", held);
  await otherTerms(api, "referral", held);
  milestone = await otherTerms(api, "serverless-referral-beta", {
    trigger: { kind: "spend", amount: "20", service: "pod" },
    bonus: { kind: "fixed", amount: "30", byRegion: {}, bucket: "earned" },
    credit: { holdHours: HOLD_HOURS, expiryDays: 10 },
  });
});
afterAll(() => api.close());

async function drawn(account: string): Promise<void> {
  const draws = await steps.drawsOf(account);
  await drawnWithin(
    20_000,
    [api],
    draws.map(({ id }) => id),
  );
}

/** An account whose bonus of $7 is drawn and held. @returns its deposit of $10, which is spent. */
async function withHeldBonus(account: string): Promise<string> {
  const deposit = await steps.deposit(account, "10");
  await credit.spend(account, "10");
  await drawn(account);
  expect(await credit.wallet(account)).toEqual(["0", "7", "0", "0"]);
  return deposit;
}

test("a drawn bonus whose terms hold it is visible, no part of what is available, and pays for nothing", async () => {
  await steps.open("held");
  await withHeldBonus("held");
  expect((await api.account("held")).wallet).toMatchObject({ promoHeld: "7", available: "0" });
  expect((await api.account("held")).bonus).toMatchObject({ state: "drawn", amount: "7" });
  await steps.deposit("held", "2");
  await credit.spend("held", "1");
  expect((await api.account("held")).wallet).toMatchObject({ promoHeld: "7", paid: "1", available: "1" });
  expect(await credit.posted("held", "bonus")).toEqual(["7"]);
});

test("it is released when its hours are over, not a millisecond before, once, however many sweep", async () => {
  await steps.open("released");
  await withHeldBonus("released");
  credit.pass(HOLD_HOURS);
  api.clock.now = new Date(api.clock.now.getTime() - 1);
  await api.sweep();
  expect(await credit.wallet("released")).toEqual(["0", "7", "0", "0"]);
  api.clock.now = new Date(api.clock.now.getTime() + 1);
  await sweepAtOnce([api, api.another(), api.another("worker")]);
  expect(await credit.wallet("released")).toEqual(["7", "0", "0", "0"]);
  expect(await credit.posted("released", "release")).toEqual(["7"]);
  await credit.spend("released", "2");
  expect(await credit.wallet("released")).toEqual(["5", "0", "0", "0"]);
});

test("its release settles debt first, and only what is left can be spent", async () => {
  await steps.openPair("debtor", ["debtor.referred"]);
  const referredDeposit = await steps.deposit("debtor.referred", "10");
  await credit.spend("debtor.referred", "10");
  await drawn("debtor.referred");
  credit.pass(HOLD_HOURS);
  await api.sweep();
  expect((await credit.wallet("debtor"))[0]).toBe("7");
  // The bonus of $7 and the commission of $0.30.
  await credit.spend("debtor", "7.3");
  await withHeldBonus("debtor");
  await steps.reverse(referredDeposit, "chargeback");
  await api.sweep();
  expect(await credit.wallet("debtor")).toEqual(["0", "7", "0", "7.3"]);
  await credit.grant("debtor", "2.3", null);
  expect(await credit.wallet("debtor")).toEqual(["0", "7", "0", "5"]);
  credit.pass(HOLD_HOURS);
  await api.sweep();
  expect(await credit.wallet("debtor")).toEqual(["2", "0", "0", "0"]);
  expect(await credit.posted("debtor", "release")).toEqual(["7", "5", "2"]);
});

test("while it is held it is taken back whole and without debt, and stands again in the time it has", async () => {
  await steps.open("back");
  const deposit = await withHeldBonus("back");
  await credit.grant("back", "3", null);
  await credit.spend("back", "3");
  credit.pass(HOLD_HOURS / 2);
  await steps.reverse(deposit, "chargeback");
  expect(await credit.wallet("back")).toEqual(["0", "0", "0", "0"]);
  await steps.reverse(deposit, "dispute_won");
  expect(await credit.wallet("back")).toEqual(["0", "7", "0", "0"]);
  credit.pass(HOLD_HOURS / 2);
  await api.sweep();
  expect(await credit.wallet("back")).toEqual(["7", "0", "0", "0"]);
});

test("it stands again in promo at once where its hours were over meanwhile", async () => {
  await steps.open("over");
  const deposit = await withHeldBonus("over");
  await steps.reverse(deposit, "chargeback");
  credit.pass(HOLD_HOURS);
  await api.sweep();
  expect(await credit.wallet("over")).toEqual(["0", "0", "0", "0"]);
  await steps.deposit("over", "10");
  expect(await credit.wallet("over")).toEqual(["7", "0", "0", "0"]);
  expect(await credit.posted("over", "release")).toEqual([]);
});

test("it expires so long after its release, not after its draw", async () => {
  await steps.open("life");
  await withHeldBonus("life");
  credit.pass(HOLD_HOURS);
  await api.sweep();
  credit.pass(239);
  await api.sweep();
  expect(await credit.wallet("life")).toEqual(["7", "0", "0", "0"]);
  credit.pass(1);
  await api.sweep();
  expect(await credit.wallet("life")).toEqual(["0", "0", "0", "0"]);
});

test("a referrer's bonus is held, taken back and released as the referred account's", async () => {
  await steps.openPair("referrer", ["referred"]);
  const deposit = await steps.deposit("referred", "10");
  await credit.spend("referred", "10");
  await drawn("referred");
  expect((await credit.wallet("referrer")).slice(0, 2)).toEqual(["0", "7"]);
  expect((await api.account("referrer")).earnings.referralBonuses).toMatchObject({ pending: "7", released: "0" });
  await steps.reverse(deposit, "chargeback");
  await api.sweep();
  expect((await credit.wallet("referrer")).slice(0, 2)).toEqual(["0", "0"]);
  await steps.reverse(deposit, "dispute_won");
  await api.sweep();
  expect((await credit.wallet("referrer")).slice(0, 2)).toEqual(["0", "7"]);
  credit.pass(HOLD_HOURS);
  await api.sweep();
  expect((await credit.wallet("referrer")).slice(0, 2)).toEqual(["7", "0"]);
  expect((await api.account("referrer")).earnings.referralBonuses).toMatchObject({ pending: "0", released: "7" });
});

test("a milestone is held from when it is reached, released into earned, and expires from there", async () => {
  await steps.openPair("stone", ["stone.referred"]);
  await api.make("/api/v1/accounts/stone.referred/enrolments", {
    program: "serverless-referral-beta",
    version: milestone,
    reference: "stone",
  });
  credit.pass(HOLD_HOURS);
  await steps.deposit("stone.referred", "20");
  await credit.spend("stone.referred", "20");
  await drawn("stone.referred");
  expect(await credit.wallet("stone.referred")).toEqual(["0", "37", "0", "0"]);
  expect((await credit.wallet("stone")).slice(0, 2)).toEqual(["0", "37"]);
  credit.pass(HOLD_HOURS);
  await api.sweep();
  expect(await credit.wallet("stone.referred")).toEqual(["7", "0", "30", "0"]);
  credit.pass(240);
  await api.sweep();
  expect(await credit.wallet("stone.referred")).toEqual(["0", "0", "0", "0"]);
  expect(await credit.wallet("stone")).toEqual(["0", "0", "0.6", "0"]);
});
