import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiHarness, apiHarness } from "@/lib/testing/api-harness";
import { type ExampleSteps, exampleSteps } from "@/lib/testing/example-steps";
import { otherTerms } from "@/lib/testing/other-terms";
import { charge, voidOf } from "@/lib/testing/usage-events";

let api: ApiHarness;
let steps: ExampleSteps;

beforeAll(async () => {
  api = await apiHarness();
  steps = exampleSteps(api);
  await otherTerms(api, "referral", {
    commission: {
      rates: { pod: 300, serverless: 500, storage: 0 },
      window: { kind: "months", months: 6 },
      provenance: "any",
    },
  });
  await otherTerms(api, "template-beta", { royalty: { rate: 100, provenance: "any" }, gate: { runtimeMs: 0 } });
});
afterAll(() => api.close());

const commissionOf = async (account: string) => {
  await api.sweep();
  const { accrued, pending, released } = (await api.account(account)).earnings.commission;
  return [accrued, pending, released];
};

test("by any provenance commission accrues on all usage at once: promo, prepaid, and what nobody has paid for yet", async () => {
  await steps.openPair("host", ["guest"], { opening: { promo: "5", paid: "5" } });
  await steps.accept([charge("guest", "20"), charge("guest", "10", { service: "serverless" })]);
  expect(await commissionOf("host")).toEqual(["1.1", "0", "1.1"]);
  expect((await api.account("guest")).lifetime.paidSpend).toBe("5");
});

test("money that settles or is taken back changes nothing of it", async () => {
  const deposit = await steps.deposit("guest", "30");
  expect(await commissionOf("host")).toEqual(["1.1", "0", "1.1"]);
  await steps.reverse(deposit, "chargeback");
  expect(await commissionOf("host")).toEqual(["1.1", "0", "1.1"]);
});

test("a void takes back what the whole charge had earned, whoever had paid for it", async () => {
  const event = charge("guest", "10", { service: "serverless" });
  await steps.accept([event]);
  expect(await commissionOf("host")).toEqual(["1.6", "0", "1.6"]);
  await steps.accept([voidOf(event)]);
  expect(await commissionOf("host")).toEqual(["1.1", "0", "1.1"]);
});

test("usage at the window's end instant earns nothing by any provenance either", async () => {
  const signedUpAt = "2026-05-01T10:00:00.000Z";
  await steps.openPair("w-host", ["w-guest"], { opening: { promo: "100" }, signedUpAt });
  const at = (time: string) => ({ ...charge("w-guest", "10"), time });
  await steps.accept([at("2026-11-01T09:59:59.999Z"), at("2026-11-01T10:00:00.000Z")]);
  expect(await commissionOf("w-host")).toEqual(["0.3", "0", "0.3"]);
});

test("a template earns on all of others' usage, claims what came before it, and loses what is voided", async () => {
  await steps.open("maker");
  await steps.open("user", { opening: { promo: "10" } });
  const early = charge("user", "10", { template: "tpl" });
  await steps.accept([early]);
  await api.make("/api/v1/templates", { externalId: "tpl", creator: "maker", name: "T" });
  const late = charge("user", "7", { template: "tpl" });
  await steps.accept([late, charge("maker", "3", { template: "tpl" })]);
  const royalty = async () => {
    await api.sweep();
    const { spend, royalty: owed } = await api.template("tpl");
    return [spend, owed.accrued, owed.released];
  };
  expect(await royalty()).toEqual(["17", "0.17", "0.17"]);
  await steps.accept([voidOf(early)]);
  expect(await royalty()).toEqual(["7", "0.07", "0.07"]);
});

test("pairs under both provenances keep their own", async () => {
  await otherTerms(api, "referral", {
    commission: {
      rates: { pod: 300, serverless: 500, storage: 0 },
      window: { kind: "months", months: 6 },
      provenance: "paid",
    },
  });
  const { referralCode } = await api.account("host");
  await steps.open("second", { referralCode, opening: { promo: "50" } });
  await steps.accept([charge("second", "50"), charge("guest", "10")]);
  expect(await commissionOf("host")).toEqual(["1.4", "0", "1.4"]);
});
