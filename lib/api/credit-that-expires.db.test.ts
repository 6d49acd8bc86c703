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

/** Bonuses of $7 live ten days. */
const LIFE_HOURS = 240;

beforeAll(async () => {
  api = await apiHarness();
  steps = exampleSteps(api);
  credit = creditSteps(api);
  const life = { bonus: alwaysCents(700), credit: { holdHours: 0, expiryDays: LIFE_HOURS / 24 } } as const;
  await otherTerms(api, "signup-bonus", life);
  await otherTerms(api, "referral", life);
});
afterAll(() => api.close());

const grantOf = (account: string, more: Record<string, unknown> = {}) =>
  api.call("POST", `/api/v1/accounts/${account}/grants`, {
    body: { reference: `${account}.gift`, bucket: "promo", amount: "5", reason: "a gift", ...more },
  });
const inHours = (hours: number) => new Date(api.clock.now.getTime() + hours * 3_600_000).toISOString();

/** An account whose bonus of $7 is drawn and in promo. @returns its deposit of $10, which is spent. */
async function withBonus(account: string): Promise<string> {
  await steps.open(account);
  const deposit = await steps.deposit(account, "10");
  await credit.spend(account, "10");
  const draws = await steps.drawsOf(account);
  await drawnWithin(
    20_000,
    [api],
    draws.map(({ id }) => id),
  );
  expect(await credit.wallet(account)).toEqual(["7", "0", "0", "0"]);
  return deposit;
}

test("a grant says when it expires; the same again answers the same, another expiry is a conflict", async () => {
  await steps.open("copies");
  const expiresAt = inHours(5);
  expect(await grantOf("copies", { expiresAt })).toMatchObject({ status: 201, body: { expiresAt } });
  expect(await grantOf("copies", { expiresAt })).toMatchObject({ status: 200, body: { expiresAt } });
  for (const other of [{ expiresAt: inHours(6) }, {}, { expiresAt: null }]) {
    const refused = await grantOf("copies", other);
    expect(refused).toMatchObject({ status: 409, body: { errors: [{ path: "reference" }] } });
  }
  credit.pass(5);
  await api.sweep();
  expect(await grantOf("copies", { expiresAt })).toMatchObject({ status: 200, body: { expiresAt } });
  expect(await credit.wallet("copies")).toEqual(["0", "0", "0", "0"]);

  await steps.open("lasting");
  expect(await grantOf("lasting")).toMatchObject({ status: 201, body: { expiresAt: null } });
  expect(await grantOf("lasting", { expiresAt: inHours(6) })).toMatchObject({ status: 409 });
});

test("an expiry that does not lie ahead is refused by name, and nothing is given", async () => {
  await steps.open("late");
  for (const expiresAt of [inHours(-1), inHours(0), "tomorrow", 5]) {
    const refused = await grantOf("late", { expiresAt });
    expect(refused, String(expiresAt)).toMatchObject({ status: 422, body: { errors: [{ path: "expiresAt" }] } });
  }
  expect(await credit.wallet("late")).toEqual(["0", "0", "0", "0"]);
});

test("what is unspent of a grant is gone when its time is over, not a millisecond before, and never twice", async () => {
  await steps.open("partly");
  await credit.grant("partly", "5", 2);
  await credit.spend("partly", "1.5");
  credit.pass(2);
  api.clock.now = new Date(api.clock.now.getTime() - 1);
  await api.sweep();
  expect(await credit.wallet("partly")).toEqual(["3.5", "0", "0", "0"]);
  api.clock.now = new Date(api.clock.now.getTime() + 1);
  for (let again = 0; again < 3; again += 1) await api.sweep();
  expect(await credit.wallet("partly")).toEqual(["0", "0", "0", "0"]);
  expect(await credit.posted("partly", "expiry")).toEqual(["3.5"]);
});

test("a grant that was spent whole leaves no posting when it expires", async () => {
  await steps.open("spent");
  await credit.grant("spent", "5", 2);
  await credit.spend("spent", "5");
  credit.pass(2);
  await api.sweep();
  expect(await credit.posted("spent", "expiry")).toEqual([]);
  expect(await credit.wallet("spent")).toEqual(["0", "0", "0", "0"]);
});

test("of two grants the one that expires first is spent first, and each expires alone", async () => {
  await steps.open("two");
  await credit.grant("two", "5", 20);
  await credit.grant("two", "5", 10);
  await credit.grant("two", "2", null);
  await credit.spend("two", "3");
  credit.pass(10);
  await api.sweep();
  expect(await credit.wallet("two")).toEqual(["7", "0", "0", "0"]);
  await credit.spend("two", "1");
  credit.pass(10);
  await api.sweep();
  expect(await credit.wallet("two")).toEqual(["2", "0", "0", "0"]);
  expect(await credit.posted("two", "expiry")).toEqual(["2", "4"]);
});

test("earned credit given by hand expires from earned, and says so for the customer to read", async () => {
  await steps.open("earner");
  await credit.grant("earner", "5", 2, "earned");
  credit.pass(2);
  await api.sweep();
  expect(await credit.wallet("earner")).toEqual(["0", "0", "0", "0"]);
  const { body } = await api.call("GET", "/api/v1/accounts/earner/entries");
  const day = api.clock.now.toISOString().slice(0, 10);
  expect(body).toMatchObject({
    data: [
      { kind: "expiry", explains: { reason: `not spent by ${day}, when it expired` } },
      { kind: "expiry" },
      { kind: "grant" },
      { kind: "grant" },
    ],
  });
});

test("what a void returns to credit whose time is over is gone with the next sweep", async () => {
  await steps.open("returned");
  await credit.grant("returned", "5", 2);
  const event = await credit.spend("returned", "2");
  credit.pass(3);
  await api.sweep();
  await credit.takeBack(event);
  expect(await credit.wallet("returned")).toEqual(["2", "0", "0", "0"]);
  await api.sweep();
  await api.sweep();
  expect(await credit.wallet("returned")).toEqual(["0", "0", "0", "0"]);
  expect(await credit.posted("returned", "expiry")).toEqual(["3", "2"]);
});

test("what a void returns in time stays until its time is over", async () => {
  await steps.open("intime");
  await credit.grant("intime", "5", 4);
  const event = await credit.spend("intime", "5");
  credit.pass(2);
  await api.sweep();
  await credit.takeBack(event);
  await api.sweep();
  expect(await credit.wallet("intime")).toEqual(["5", "0", "0", "0"]);
  credit.pass(2);
  await api.sweep();
  expect(await credit.posted("intime", "expiry")).toEqual(["5"]);
});

test("a bonus expires so long after it became spendable, once, however many sweep at the same time", async () => {
  await withBonus("bonus");
  await credit.spend("bonus", "3");
  credit.pass(LIFE_HOURS - 1);
  await api.sweep();
  expect(await credit.wallet("bonus")).toEqual(["4", "0", "0", "0"]);
  credit.pass(1);
  await sweepAtOnce([api, api.another(), api.another("worker")]);
  expect(await credit.wallet("bonus")).toEqual(["0", "0", "0", "0"]);
  expect(await credit.posted("bonus", "expiry")).toEqual(["4"]);
});

test("what expired of a bonus never becomes debt, nor comes again when the bonus stands again", async () => {
  const deposit = await withBonus("back");
  await credit.spend("back", "3");
  credit.pass(LIFE_HOURS);
  await api.sweep();
  await steps.reverse(deposit, "chargeback");
  expect(await credit.wallet("back")).toEqual(["0", "0", "0", "3"]);
  await steps.reverse(deposit, "dispute_won");
  expect(await credit.wallet("back")).toEqual(["0", "0", "0", "0"]);
  await credit.grant("back", "2", null);
  await api.sweep();
  expect(await credit.wallet("back")).toEqual(["2", "0", "0", "0"]);
  expect(await credit.posted("back", "expiry")).toEqual(["4"]);
});

test("a bonus that expired whole moves no more", async () => {
  const deposit = await withBonus("whole");
  credit.pass(LIFE_HOURS);
  await api.sweep();
  await steps.reverse(deposit, "chargeback");
  expect(await credit.wallet("whole")).toEqual(["0", "0", "0", "0"]);
  await steps.reverse(deposit, "dispute_won");
  expect(await credit.wallet("whole")).toEqual(["0", "0", "0", "0"]);
  expect(await credit.posted("whole", "bonus-back")).toEqual([]);
});

test("a bonus given again keeps its first time: taken back over it, it is gone with the next sweep", async () => {
  const deposit = await withBonus("again");
  await credit.spend("again", "3");
  await steps.reverse(deposit, "chargeback");
  expect(await credit.wallet("again")).toEqual(["0", "0", "0", "3"]);
  credit.pass(LIFE_HOURS);
  await api.sweep();
  expect(await credit.posted("again", "expiry")).toEqual([]);
  await steps.reverse(deposit, "dispute_won");
  expect(await credit.wallet("again")).toEqual(["4", "0", "0", "0"]);
  await api.sweep();
  expect(await credit.wallet("again")).toEqual(["0", "0", "0", "0"]);
  expect(await credit.posted("again", "expiry")).toEqual(["4"]);
});

test("of other credit nothing expires with a bonus, though it came back by the bonus's own lot", async () => {
  const deposit = await withBonus("other");
  const event = await credit.spend("other", "3");
  await steps.reverse(deposit, "chargeback");
  await credit.grant("other", "3", null);
  expect(await credit.wallet("other")).toEqual(["0", "0", "0", "0"]);
  await credit.takeBack(event);
  expect(await credit.wallet("other")).toEqual(["3", "0", "0", "0"]);
  await steps.reverse(deposit, "dispute_won");
  expect(await credit.wallet("other")).toEqual(["10", "0", "0", "0"]);
  credit.pass(LIFE_HOURS);
  await api.sweep();
  expect(await credit.wallet("other")).toEqual(["3", "0", "0", "0"]);
});
