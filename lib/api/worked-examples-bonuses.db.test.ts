import { afterAll, beforeAll, expect, test } from "vitest";
import { nanos } from "@/lib/money/nanos";
import { runtimeFor, runtimeText } from "@/lib/programs/pricing";
import { type ApiHarness, apiHarness } from "@/lib/testing/api-harness";
import { type ExampleSteps, exampleSteps, past } from "@/lib/testing/example-steps";
import { holds } from "@/lib/testing/holds";
import { charge, usageEvent } from "@/lib/testing/usage-events";
import { drawnWithin } from "@/lib/testing/wait-for-draws";

let api: ApiHarness;
let steps: ExampleSteps;

beforeAll(async () => {
  api = await apiHarness();
  steps = exampleSteps(api);
  await api.make("/api/v1/prices/rtx4090", { service: "pod", unit: "hour", amount: "0.34", effectiveFrom: past });
});
afterAll(() => api.close());

test("W1: money that pays for no usage brings no bonus", async () => {
  await steps.open("w1", { paid: "10.00" });
  const { bonus, lifetime, wallet } = await api.account("w1");
  holds("W1", "progress of the trigger", [bonus.progress, bonus.trigger], ["0", "10"]);
  holds("W1", "bonus", [bonus.program, bonus.state, bonus.amount], ["signup-bonus", "locked", null]);
  expect([wallet.paid, lifetime.deposited, lifetime.paidSpend]).toEqual(["10", "10", "0"]);
  expect((await api.call("GET", `/api/v1/draws/${bonus.drawId}`)).status).toBe(404);
});

test("W2: one nano-dollar short is nothing; reaching $10 is one draw, whatever arrives how often and wherever", async () => {
  await steps.open("w2", { paid: "10.00" });
  await steps.accept([charge("w2", "9"), charge("w2", "0.999999999")]);
  const { bonus: before } = await api.account("w2");
  holds("W2", "progress, one nano-dollar short", before.progress, "9.999999999");
  holds("W2", "draws, one nano-dollar short", (await steps.drawsOf("w2")).length, 0);

  const last = charge("w2", "0.000000001");
  const processes = [api, api.another(), api.another()];
  const copies = Array.from({ length: 12 }, (_, index) => index);
  const sent = await Promise.all(
    copies.map((index) => (processes[index % processes.length] ?? api).send(Array.from({ length: 5 }, () => last))),
  );
  const total = (read: (answer: (typeof sent)[number]) => number) => sent.reduce((sum, each) => sum + read(each), 0);
  holds(
    "W2",
    "of 60 copies of the last event, counted",
    total(({ accepted }) => accepted),
    1,
  );
  expect(total(({ duplicates }) => duplicates)).toBe(59);
  const { bonus } = await api.account("w2");
  expect(bonus).toMatchObject({ state: "due", progress: "10" });
  expect(await steps.drawsOf("w2")).toEqual([{ id: bonus.drawId, kind: "new-account", beneficiary: "w2" }]);

  await drawnWithin(20_000, [api, api.another("worker"), api.another("worker")], [bonus.drawId]);
  const { bonus: drawn, wallet } = await api.account("w2");
  expect(drawn).toMatchObject({ state: "drawn", drawId: bonus.drawId, amount: wallet.promo });
  expect(Number(wallet.promo)).toBeGreaterThanOrEqual(5);
  expect(Number(wallet.promo)).toBeLessThanOrEqual(500);
  const posted = await api.owner<{ whole: boolean }[]>`
    select p.amount = d.amount as whole from postings p join accounts a on a.id = p.account_id join draws d on d.id = ${bonus.drawId}
     where a.external_id = 'w2' and p.kind = 'bonus'`;
  holds("W2", "draws posted by three workers", posted.filter(({ whole }) => whole).length, 1);
  expect(posted).toHaveLength(1);
});

test("W3: at $0.34 an hour $10 lasts 29 h 24 min 42 s", async () => {
  const plan = { price: nanos(340_000_000n), unit: "hour", budget: nanos(10_000_000_000n) } as const;
  const lasts = runtimeFor(plan);
  holds("W3", "$10 lasts", runtimeText(lasts ?? 0n), "29 h 24 min 42 s");
  for (const [account, durationMs, paid, arrears] of [
    ["w3.in-time", Number(lasts), "0.000033333", "0"],
    ["w3.too-long", Number(lasts) + 1_000, "0", "0.000061111"],
  ] as const) {
    await steps.open(account, { paid: "10" });
    await steps.accept([usageEvent({ subject: account, data: { sku: "rtx4090", durationMs } })]);
    const { wallet } = await api.account(account);
    const when = account === "w3.in-time" ? "after that long" : "a second later";
    holds("W3", `paid and arrears ${when}`, [wallet.paid ?? "", wallet.arrears ?? ""], [paid, arrears]);
  }
});

test("W10: a referred account that reaches $10 has one draw, its referrer one, and it never has two", async () => {
  await steps.openPair("w10", ["w10.friend"]);
  await steps.deposit("w10.friend", "50");
  const events = Array.from({ length: 40 }, () => charge("w10.friend", "1"));
  const processes = [api, api.another()];
  await Promise.all(events.map((event, index) => (processes[index % 2] ?? api).send([event, event])));
  const friend = await api.account("w10.friend");
  const referrer = await api.account("w10");
  expect(friend.bonus).toMatchObject({ program: "referral", state: "due" });
  expect(referrer.bonus).toMatchObject({ program: "signup-bonus", state: "locked" });
  const draws = await steps.drawsOf("w10.friend");
  expect(draws).toEqual([
    { id: friend.bonus.drawId, kind: "new-account", beneficiary: "w10.friend" },
    { id: referrer.earnings.referralBonuses.draws?.[0], kind: "referral", beneficiary: "w10" },
  ]);
  const drawsTo = (name: string) => draws.filter(({ beneficiary }) => beneficiary === name).length;
  holds("W10", "draws for the referred and its referrer", [drawsTo("w10.friend"), drawsTo("w10")], [1, 1]);
  expect(referrer.referrals).toEqual({ followed: 0, signedUp: 1, spending: 1, qualified: 1 });
});

test("W12: promo pays first, then earned, then paid, and only what money paid is paid spend", async () => {
  await steps.open("w12", { opening: { promo: "2", earned: "1", paid: "5" } });
  await steps.accept([charge("w12", "4")]);
  const { wallet, lifetime } = await api.account("w12");
  const left = [wallet.promo ?? "", wallet.earned ?? "", wallet.paid ?? ""];
  holds("W12", "promo, earned and paid left", left, ["0", "0", "4"]);
  holds("W12", "paid spend", lifetime.paidSpend, "1");
  expect([lifetime.charged, wallet.arrears]).toEqual(["4", "0"]);
});
