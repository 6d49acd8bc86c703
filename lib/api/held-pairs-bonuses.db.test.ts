import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiHarness, apiHarness } from "@/lib/testing/api-harness";
import { type ExampleSteps, exampleSteps } from "@/lib/testing/example-steps";
import { alwaysCents, otherTerms } from "@/lib/testing/other-terms";
import { reviewSteps } from "@/lib/testing/review-steps";
import { charge } from "@/lib/testing/usage-events";
import { drawnWithin } from "@/lib/testing/wait-for-draws";

const HOLD_HOURS = 48;
const HOUR_MS = 3_600_000;

let api: ApiHarness;
let steps: ExampleSteps;
let reviews: ReturnType<typeof reviewSteps>;

beforeAll(async () => {
  api = await apiHarness();
  steps = exampleSteps(api);
  reviews = reviewSteps(api);
});
afterAll(() => api.close());

interface DrawnPair {
  host: string;
  guest: string;
  /** The guest's deposit of $10, which is spent. */
  money: string;
}

/** A pair whose bonuses of $7 each are drawn, and held by their terms for so many hours. */
async function drawnPair(host: string, holdHours = 0): Promise<DrawnPair> {
  await otherTerms(api, "referral", { bonus: alwaysCents(700), credit: { holdHours, expiryDays: null } });
  const guest = `${host}.guest`;
  await steps.openPair(host, [guest]);
  const money = await steps.deposit(guest, "10");
  await steps.accept([charge(guest, "10")]);
  await drawnWithin(
    20_000,
    [api],
    (await steps.drawsOf(guest)).map(({ id }) => id),
  );
  await api.sweep();
  return { host, guest, money };
}

/** Both sides pay by one instrument. */
async function hold({ host, guest }: DrawnPair): Promise<void> {
  for (const name of [host, guest]) await reviews.deposit(name, "1", `card.${host}`);
}

async function decide({ guest }: DrawnPair, release: boolean): Promise<void> {
  for (const { id, kind } of await reviews.openOn(guest)) if (kind === "pair") await reviews.decide(id, release);
}

/** What referred and referrer have after a sweep: promo, and promo held. */
async function credit({ host, guest }: DrawnPair): Promise<string[]> {
  await api.sweep();
  const wallets = await Promise.all([guest, host].map(async (name) => (await api.account(name)).wallet));
  return wallets.map(({ promo, promoHeld }) => `${promo} ${promoHeld}`);
}

test("a bonus taken back while its pair is in review is posted again only when the review says so", async () => {
  const pair = await drawnPair("again");
  expect(await credit(pair)).toEqual(["7 0", "7 0"]);
  await hold(pair);
  expect(await credit(pair)).toEqual(["7 0", "7 0"]);
  await steps.reverse(pair.money, "chargeback");
  expect(await credit(pair)).toEqual(["0 0", "0 0"]);
  await steps.deposit(pair.guest, "20");
  expect(await credit(pair)).toEqual(["0 0", "0 0"]);
  expect((await api.account(pair.guest)).bonus).toMatchObject({
    state: "held",
    reason: "payment_fingerprint",
    amount: "7",
  });
  await decide(pair, true);
  expect(await credit(pair)).toEqual(["7 0", "7 0"]);
  expect((await api.account(pair.guest)).bonus).toMatchObject({ state: "drawn", reason: null, amount: "7" });
});

test("refused, a bonus that had been taken back never comes again, and one that stands stays", async () => {
  const [fell, stood] = [await drawnPair("fell"), await drawnPair("stood")];
  for (const pair of [fell, stood]) await hold(pair);
  await steps.reverse(fell.money, "chargeback");
  await api.sweep();
  for (const pair of [fell, stood]) await decide(pair, false);
  await steps.deposit(fell.guest, "20");
  expect(await credit(fell)).toEqual(["0 0", "0 0"]);
  expect((await api.account(fell.guest)).bonus).toMatchObject({ state: "not_eligible", reason: "payment_fingerprint" });
  expect(await credit(stood)).toEqual(["7 0", "7 0"]);
});

test("a draw bound before the hold is drawn and published, and posted to neither side until the release", async () => {
  await otherTerms(api, "referral", { bonus: alwaysCents(700) });
  const pair = { host: "bound", guest: "bound.guest", money: "" };
  await steps.openPair(pair.host, [pair.guest]);
  await steps.deposit(pair.guest, "10");
  await steps.accept([charge(pair.guest, "10")]);
  await api.sweep();
  expect(await reviews.drawsOf(pair.guest)).toEqual(["bound", "bound"]);
  await hold(pair);
  const ids = (await steps.drawsOf(pair.guest)).map(({ id }) => id);
  await drawnWithin(20_000, [api], ids);
  expect(await credit(pair)).toEqual(["0 0", "0 0"]);
  await decide(pair, true);
  expect(await credit(pair)).toEqual(["7 0", "7 0"]);
});

test("what terms hold is not released while a person looks at the pair, though its hours are over; then it is", async () => {
  const pair = await drawnPair("hours", HOLD_HOURS);
  expect(await credit(pair)).toEqual(["0 7", "0 7"]);
  await hold(pair);
  api.clock.now = new Date(api.clock.now.getTime() + HOLD_HOURS * HOUR_MS);
  expect(await credit(pair)).toEqual(["0 7", "0 7"]);
  await decide(pair, true);
  expect(await credit(pair)).toEqual(["7 0", "7 0"]);
});

test("a refusal takes back from both sides what terms still hold, and nothing becomes debt", async () => {
  const pair = await drawnPair("refused", HOLD_HOURS);
  await hold(pair);
  await decide(pair, false);
  expect(await credit(pair)).toEqual(["0 0", "0 0"]);
  api.clock.now = new Date(api.clock.now.getTime() + HOLD_HOURS * HOUR_MS);
  expect(await credit(pair)).toEqual(["0 0", "0 0"]);
  const debts = await Promise.all([pair.host, pair.guest].map(async (name) => (await api.account(name)).wallet.debt));
  expect(debts).toEqual(["0", "0"]);
});
