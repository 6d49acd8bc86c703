import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiHarness, apiHarness } from "@/lib/testing/api-harness";
import { type ExampleSteps, exampleSteps } from "@/lib/testing/example-steps";
import { alwaysCents, otherTerms } from "@/lib/testing/other-terms";
import { charge } from "@/lib/testing/usage-events";
import { drawnWithin } from "@/lib/testing/wait-for-draws";

let api: ApiHarness;
let steps: ExampleSteps;
let loadMilestone: string;

beforeAll(async () => {
  api = await apiHarness();
  steps = exampleSteps(api);
  const byLoad = { trigger: { kind: "load", amount: "25" }, bonus: alwaysCents(700) } as const;
  await otherTerms(api, "signup-bonus", byLoad);
  await otherTerms(api, "referral", byLoad);
  loadMilestone = await otherTerms(api, "serverless-referral-beta", {
    trigger: { kind: "load", amount: "100" },
    bonus: { kind: "fixed", amount: "30", byRegion: {}, bucket: "earned" },
  });
});
afterAll(() => api.close());

const bonusOf = async (account: string) => {
  const { state, progress, trigger } = (await api.account(account)).bonus;
  return [state, progress, trigger];
};
const drawn = async (...accounts: string[]) => {
  const draws = (await Promise.all(accounts.map(steps.drawsOf))).flat();
  await drawnWithin(
    30_000,
    [api],
    draws.map(({ id }) => id),
  );
};

test("under a trigger by load deposits count, spent or not, and reaching it to the nano-dollar makes one draw", async () => {
  await steps.open("loader", { paid: "20" });
  await steps.accept([charge("loader", "5")]);
  expect(await bonusOf("loader")).toEqual(["locked", "20", "25"]);
  await steps.deposit("loader", "4.999999999");
  expect(await bonusOf("loader")).toEqual(["locked", "24.999999999", "25"]);
  await steps.deposit("loader", "0.000000001");
  expect(await bonusOf("loader")).toEqual(["due", "25", "25"]);
  await steps.deposit("loader", "50");
  expect(await steps.drawsOf("loader")).toHaveLength(1);
});

test("usage reaches no trigger by load, though it is paid for", async () => {
  await steps.open("spender", { paid: "24" });
  await steps.accept([charge("spender", "24"), charge("spender", "10")]);
  expect(await bonusOf("spender")).toEqual(["locked", "24", "25"]);
});

test("a deposit that settles arrears counts whole towards a trigger by load", async () => {
  await steps.open("owing");
  await steps.accept([charge("owing", "40")]);
  expect(await bonusOf("owing")).toEqual(["locked", "0", "25"]);
  await steps.deposit("owing", "25");
  expect(await bonusOf("owing")).toEqual(["due", "25", "25"]);
  expect((await api.account("owing")).lifetime.paidSpend).toBe("25");
});

test("what an import brings along paid counts towards a trigger by load", async () => {
  await steps.open("brought", { opening: { paid: "25" } });
  expect(await bonusOf("brought")).toEqual(["due", "25", "25"]);
});

test("a refund takes both sides' bonuses back, and money in again posts the same again, without a new draw", async () => {
  await steps.openPair("host", ["guest"]);
  const deposit = await steps.deposit("guest", "25");
  await drawn("guest");
  await api.sweep();
  expect(await bonusOf("guest")).toEqual(["drawn", "25", "25"]);
  expect((await api.account("host")).wallet.promo).toBe("7");
  await steps.reverse(deposit, "refund", "0.000000001");
  expect(await bonusOf("guest")).toEqual(["taken_back", "24.999999999", "25"]);
  expect((await api.account("guest")).wallet.promo).toBe("0");
  await api.sweep();
  expect((await api.account("host")).wallet.promo).toBe("0");
  await steps.deposit("guest", "1");
  await api.sweep();
  expect(await bonusOf("guest")).toEqual(["drawn", "25", "25"]);
  expect((await api.account("host")).wallet.promo).toBe("7");
  expect(await steps.drawsOf("guest")).toHaveLength(2);
});

test("a void of usage takes nothing back that deposits stand behind", async () => {
  await steps.open("voider", { paid: "25" });
  await drawn("voider");
  const event = charge("voider", "20");
  await steps.accept([event]);
  await steps.accept([
    { ...event, id: "void-of-load", type: "usage.void", data: { voids: { source: event.source, id: event.id } } },
  ]);
  expect(await bonusOf("voider")).toEqual(["drawn", "25", "25"]);
});

test("a milestone by load is posted to both sides when deposits reach it, also those made before the enrolment", async () => {
  await steps.openPair("mentor", ["early", "late"]);
  await steps.deposit("early", "100");
  for (const account of ["early", "late"]) {
    const body = { program: "serverless-referral-beta", version: loadMilestone, reference: `load.${account}` };
    await api.make(`/api/v1/accounts/${account}/enrolments`, body);
  }
  const milestones = async () => {
    await api.sweep();
    return Promise.all(["early", "late", "mentor"].map(async (name) => (await api.account(name)).wallet.earned));
  };
  expect(await milestones()).toEqual(["30", "0", "30"]);
  const deposit = await steps.deposit("late", "100");
  expect(await milestones()).toEqual(["30", "30", "60"]);
  await steps.reverse(deposit, "chargeback");
  expect(await milestones()).toEqual(["30", "0", "30"]);
});

test("what both sides of a pair read speaks of deposits, and tells the referrer no amount", async () => {
  const { body } = await api.call("GET", "/api/v1/accounts/mentor/referrals");
  expect(body).toMatchObject({
    data: [
      {
        account: "late",
        conditions: expect.arrayContaining([
          expect.objectContaining({ name: "load", state: "met", missing: null }),
          expect.objectContaining({ name: "load_standing", state: "not_yet", missing: null, reason: "fell_below" }),
        ]),
        milestone: { trigger: "100", conditions: [{ name: "load" }, { name: "load_standing", reason: "fell_below" }] },
      },
      { account: "early" },
    ],
  });
});

test("an enrolment in other terms is refused once a deposit made the bonus due", async () => {
  await steps.openPair("asker", ["loaded"]);
  await steps.deposit("loaded", "25");
  const body = { program: "referral-beta", reference: "too-late" };
  expect(await api.call("POST", "/api/v1/accounts/loaded/enrolments", { body })).toMatchObject({ status: 409 });
});

test("whoever is enrolled in terms whose trigger its deposits reached has its draw at that instant", async () => {
  await steps.openPair("patient", ["enrolled"]);
  await steps.deposit("enrolled", "20");
  expect(await bonusOf("enrolled")).toEqual(["locked", "20", "25"]);
  const version = await otherTerms(api, "referral", { trigger: { kind: "load", amount: "20" } });
  api.clock.now = new Date(api.clock.now.getTime() + 1);
  await api.make("/api/v1/accounts/enrolled/enrolments", { program: "referral", version, reference: "load.enrolled" });
  expect(await bonusOf("enrolled")).toEqual(["due", "20", "20"]);
  const due = await api.owner<{ due_at: Date }[]>`
    select d.due_at from draws d join accounts a on a.lane = d.lane and a.id = d.trigger_id
     where a.external_id = 'enrolled'`;
  expect(due.map(({ due_at }) => due_at)).toEqual([api.clock.now, api.clock.now]);
});
