import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiHarness, apiHarness } from "@/lib/testing/api-harness";
import { type ExampleSteps, exampleSteps } from "@/lib/testing/example-steps";
import { holds } from "@/lib/testing/holds";
import { charge, usageEvent } from "@/lib/testing/usage-events";

let api: ApiHarness;
let steps: ExampleSteps;

beforeAll(async () => {
  api = await apiHarness();
  steps = exampleSteps(api);
});
afterAll(() => api.close());

const commissionOf = async (account: string) => (await api.account(account)).earnings.commission;
const services = (amounts: Record<string, string>) => [amounts.pod, amounts.serverless, amounts.storage];

test("W4, W5: 2 % under the beta terms is pending until 25 spent $500, the referrer applies and an operator accepts; nothing before is lost", async () => {
  const names = Array.from({ length: 25 }, (_, index) => `w4.${index}`);
  await steps.openPair("w4", names);
  const spendBy = async (some: readonly string[]) => {
    for (const name of some) {
      await steps.enrol(name, "referral-beta");
      await steps.deposit(name, "200");
    }
    await steps.accept(some.map((name) => charge(name, "100")));
    await api.sweep();
  };
  const apply = (reference: string) =>
    api.call("POST", "/api/v1/accounts/w4/applications", { body: { program: "referral-beta", reference } });

  await spendBy(names.slice(0, 20));
  const pending = await commissionOf("w4");
  holds("W4", "pending", pending.pending, "40");
  holds("W4", "released", pending.released, "0");
  const early = await apply("early");
  expect(early.status).toBe(422);
  expect(JSON.stringify(early.body)).toContain("5 more of 25 referred accounts");

  await spendBy(names.slice(20));
  expect(await commissionOf("w4")).toEqual({ accrued: "50", pending: "50", released: "0" });
  expect((await apply("w5")).status).toBe(201);
  await api.sweep();
  expect((await commissionOf("w4")).released).toBe("0");
  const decision = { accept: true, reason: "all conditions are met" };
  expect((await api.call("POST", "/api/v1/applications/w5/decision", { body: decision })).status).toBe(200);
  await api.sweep();
  const released = await commissionOf("w4");
  holds("W5", "released on acceptance", released.released, "50");
  holds("W5", "pending", released.pending, "0");
  await steps.accept([charge("w4.3", "0.5", { service: "storage" })]);
  await api.sweep();
  const later = await api.account("w4");
  holds("W5", "earned after a later cent", later.wallet.earned, "50.01");
  expect(later.earnings.commission).toEqual({ accrued: "50.01", pending: "0", released: "50.01" });
});

test("W6: 3 % of pods and 5 % of serverless for six months, nothing of storage, nothing from the window's end on", async () => {
  const spend = (subject: string, time: string) =>
    [
      { service: "pod", amount: "200" },
      { service: "serverless", amount: "100" },
      { service: "storage", amount: "50" },
    ].map((data) => usageEvent({ subject, time, data }));
  await steps.openPair("w6", ["w6.friend"], { signedUpAt: "2026-03-01T09:00:00.000Z" });
  await steps.openPair("w6.late", ["w6.late.friend"], { signedUpAt: "2026-03-01T09:00:00.000Z" });
  for (const account of ["w6.friend", "w6.late.friend"]) await steps.deposit(account, "700");

  await steps.accept(spend("w6.friend", "2026-09-01T08:59:59.999Z"));
  await steps.accept(spend("w6.late.friend", "2026-09-01T09:00:00.000Z"));
  await steps.accept(spend("w6.late.friend", "2026-10-01T00:00:00.000Z"));
  expect((await api.account("w6.late.friend")).lifetime.paidSpend).toBe("700");
  expect(await commissionOf("w6")).toEqual({ accrued: "11", pending: "0", released: "0" });
  await api.sweep();
  const within = await commissionOf("w6");
  holds("W6", "within six months", within.released, "11");
  expect((await api.account("w6")).wallet.earned).toBe("11");
  holds("W6", "at the window's end and later", (await commissionOf("w6.late")).accrued, "0");
});

test("W9: serverless paid spend of $1,000 gives both sides $500 once; a nano-dollar less, or credit, gives nothing", async () => {
  await steps.openPair("w9", ["w9.friend"]);
  await steps.enrol("w9.friend", "referral-beta");
  await steps.enrol("w9.friend", "serverless-referral-beta");
  await steps.deposit("w9.friend", "3000");
  const serverless = (amount: string) => charge("w9.friend", amount, { service: "serverless" });
  const both = async () => {
    await api.sweep();
    const milestones = [await api.account("w9.friend"), await api.account("w9")];
    return milestones.map(({ earnings }) => earnings.milestones.released);
  };

  await steps.accept([serverless("999.999999999"), charge("w9.friend", "500")]);
  holds("W9", "at $999.999999999 of serverless", await both(), ["0", "0"]);
  const grant = { reference: "w9", bucket: "promo", amount: "2", reason: "thank you" };
  await api.make("/api/v1/accounts/w9.friend/grants", grant);
  await steps.accept([serverless("2")]);
  const { lifetime } = await api.account("w9.friend");
  holds("W9", "paid spend on serverless after $2 of promo", lifetime.paidByService.serverless, "999.999999999");
  holds("W9", "after $2 of promo", await both(), ["0", "0"]);

  const last = serverless("0.000000001");
  await Promise.all([api, api.another(), api.another()].map((process) => process.send([last, last])));
  holds("W9", "one nano-dollar more", await both(), ["500", "500"]);
  await steps.accept([serverless("1100")]);
  holds("W9", "after $1,100 more: once", await both(), ["500", "500"]);
});

test("W11: a thousand events of one nano-dollar at 3 % are 30 nano, whatever the batching", async () => {
  for (const batch of [1_000, 40, 3]) {
    const [referrer, referred] = [`w11.${batch}`, `w11.${batch}.friend`];
    await steps.openPair(referrer, [referred]);
    await steps.deposit(referred, "1");
    const events = Array.from({ length: 1_000 }, () => charge(referred, "0.000000001"));
    const requests = Array.from({ length: Math.ceil(1_000 / batch) }, (_, index) =>
      events.slice(index * batch, (index + 1) * batch),
    );
    await Promise.all(requests.map((request) => api.send(request)));
    await api.sweep();
    const { earnings, wallet } = await api.account(referrer);
    holds("W11", `earned, ${batch} to a request`, wallet.earned, "0.00000003");
    expect(earnings.commission).toEqual({ accrued: "0.00000003", pending: "0", released: "0.00000003" });
  }
});

test("W15: a deposit that settles arrears makes paid spend of the service, window and trigger it passes", async () => {
  await steps.openPair("w15", ["w15.friend"]);
  await steps.deposit("w15.friend", "5");
  await steps.accept([charge("w15.friend", "6"), charge("w15.friend", "6", { service: "serverless" })]);
  const between = await api.account("w15.friend");
  holds("W15", "arrears in between", between.wallet.arrears, "7");
  holds("W15", "paid spend by service in between", services(between.lifetime.paidByService), ["5", "0", "0"]);
  expect(between.bonus).toMatchObject({ state: "locked", progress: "5" });

  await steps.deposit("w15.friend", "7");
  const after = await api.account("w15.friend");
  expect(after.wallet).toMatchObject({ paid: "0", arrears: "0" });
  holds("W15", "paid spend by service after", services(after.lifetime.paidByService), ["6", "6", "0"]);
  expect(after.lifetime.paidSpend).toBe("12");
  holds("W15", "bonus", after.bonus.state, "due");
  holds("W15", "commission: 0.18 and 0.30", (await commissionOf("w15")).accrued, "0.48");
});

test("W16: what promo paid earns nothing; what money paid earns with the service it paid for", async () => {
  await steps.openPair("w16", ["w16.friend"], { opening: { promo: "5", paid: "5" } });
  await steps.accept([charge("w16.friend", "5"), charge("w16.friend", "5", { service: "serverless" })]);
  const { lifetime, wallet } = await api.account("w16.friend");
  expect(wallet).toMatchObject({ promo: "0", paid: "0", arrears: "0" });
  holds("W16", "paid spend by service", services(lifetime.paidByService), ["0", "5", "0"]);
  holds("W16", "commission", (await commissionOf("w16")).accrued, "0.25");
});
