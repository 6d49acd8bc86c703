import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiHarness, apiHarness } from "@/lib/testing/api-harness";
import { type ExampleSteps, exampleSteps } from "@/lib/testing/example-steps";
import { otherTerms } from "@/lib/testing/other-terms";
import { sweepAtOnce } from "@/lib/testing/races";
import { reviewSteps } from "@/lib/testing/review-steps";
import { charge } from "@/lib/testing/usage-events";

let api: ApiHarness;
let steps: ExampleSteps;
let beta: string;
const capped = (commissionMax: string | null) => ({ caps: { bonusesMax: null, commissionMax } });

beforeAll(async () => {
  api = await apiHarness();
  steps = exampleSteps(api);
  await otherTerms(api, "referral", capped("1"));
  beta = await otherTerms(api, "referral-beta", {
    gate: { accounts: 1, spend: "1", reapplyDays: 30 },
    caps: { commissionMax: "0.5" },
  });
});
afterAll(() => api.close());

const commissionOf = async (account: string) => {
  await sweepAtOnce([api]);
  const { accrued, pending, released } = (await api.account(account)).earnings.commission;
  return [accrued, pending, released];
};

test("commission accrues on exactly, and no more is posted than the terms give one referrer, over all its pairs", async () => {
  await steps.openPair("host", ["g1", "g2"], { opening: { paid: "1" } });
  const first = await steps.deposit("g1", "19");
  const second = await steps.deposit("g2", "29");
  await steps.accept([charge("g1", "20")]);
  expect(await commissionOf("host")).toEqual(["0.6", "0", "0.6"]);
  await steps.accept([charge("g2", "30")]);
  expect(await commissionOf("host")).toEqual(["1.5", "0", "1"]);

  await steps.reverse(first, "refund", "10");
  expect(await commissionOf("host")).toEqual(["1.2", "0", "1"]);
  await steps.reverse(second, "refund", "10");
  expect(await commissionOf("host")).toEqual(["0.9", "0", "0.9"]);
  await steps.deposit("g1", "10");
  expect(await commissionOf("host")).toEqual(["1.2", "0", "1"]);
});

test("a limit is met to the nano-dollar, and what is beyond by fractions stays accrued", async () => {
  await steps.openPair("nano", ["n1"], { opening: { paid: "100" } });
  await steps.accept([charge("n1", "33.333333333")]);
  expect(await commissionOf("nano")).toEqual(["0.99999999999", "0", "0.999999999"]);
  await steps.accept([charge("n1", "0.000000001")]);
  expect(await commissionOf("nano")).toEqual(["1.00000000002", "0", "1"]);
});

test("each version has a limit of its own, and those without any none", async () => {
  await steps.openPair("both", ["limited"], { opening: { paid: "100" } });
  const { referralCode } = await api.account("both");
  await otherTerms(api, "referral", capped(null));
  await steps.open("free", { referralCode, opening: { paid: "100" } });
  await otherTerms(api, "referral", capped("0.2"));
  await steps.open("tight", { referralCode, opening: { paid: "100" } });
  await steps.accept(["limited", "free", "tight"].map((name) => charge(name, "50")));
  expect(await commissionOf("both")).toEqual(["4.5", "0", "2.7"]);
  await otherTerms(api, "referral", capped("1"));
});

test("a pair in review keeps pending what room its version leaves, and joins it when it is released", async () => {
  const reviews = reviewSteps(api);
  await steps.openPair("watcher", ["plain", "held"], { opening: { paid: "100" } });
  await reviews.deposit("watcher", "1", "card.shared");
  await reviews.deposit("held", "1", "card.shared");
  await steps.accept([charge("plain", "20"), charge("held", "30")]);
  expect(await commissionOf("watcher")).toEqual(["1.5", "0.4", "0.6"]);
  await steps.accept([charge("plain", "10")]);
  expect(await commissionOf("watcher")).toEqual(["1.8", "0.1", "0.9"]);
  for (const { id, kind } of await reviews.openOn("held")) if (kind === "pair") await reviews.decide(id, true);
  expect(await commissionOf("watcher")).toEqual(["1.8", "0", "1"]);
});

test("a pair refused gives its place under the limit to the others", async () => {
  const reviews = reviewSteps(api);
  await steps.openPair("judge", ["kept", "dropped"], { opening: { paid: "100" } });
  await steps.accept([charge("kept", "20"), charge("dropped", "30")]);
  expect(await commissionOf("judge")).toEqual(["1.5", "0", "1"]);
  await reviews.deposit("judge", "1", "card.judge");
  await reviews.deposit("dropped", "1", "card.judge");
  for (const { id, kind } of await reviews.openOn("dropped")) if (kind === "pair") await reviews.decide(id, false);
  expect(await commissionOf("judge")).toEqual(["0.6", "0", "0.6"]);
});

test("under a gate the limit holds for what is pending, and all of it is released when the gate opens", async () => {
  await steps.openPair("elder", ["e1"], { opening: { paid: "100" } });
  await api.make("/api/v1/accounts/e1/enrolments", { program: "referral-beta", version: beta, reference: "elder.e1" });
  await steps.accept([charge("e1", "40")]);
  expect(await commissionOf("elder")).toEqual(["0.8", "0.5", "0"]);
  await api.make("/api/v1/accounts/elder/applications", { program: "referral-beta", reference: "elder.applies" });
  const decision = { body: { accept: true, reason: "met" } };
  expect((await api.call("POST", "/api/v1/applications/elder.applies/decision", decision)).status).toBe(200);
  expect(await commissionOf("elder")).toEqual(["0.8", "0", "0.5"]);
});
