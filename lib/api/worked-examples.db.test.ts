import { afterAll, beforeAll, expect, test } from "vitest";
import { dollarsFloored } from "@/lib/money/format";
import { nanos } from "@/lib/money/nanos";
import { runtimeFor, runtimeText } from "@/lib/programs/pricing";
import { type ApiHarness, apiHarness } from "@/lib/testing/api-harness";
import { charge, usageEvent } from "@/lib/testing/usage-events";
import { drawnWithin } from "@/lib/testing/wait-for-draws";

let api: ApiHarness;

beforeAll(async () => {
  api = await apiHarness();
  await api.make("/api/v1/prices/rtx4090", { service: "pod", unit: "hour", amount: "0.34", effectiveFrom: past });
  await api.make("/api/v1/prices/a5000", { service: "pod", unit: "hour", amount: "0.54", effectiveFrom: past });
});
afterAll(() => api.close());

const past = "2025-01-01T00:00:00.000Z";
const HOUR_MS = 3_600_000;

/** Makes an account, with money already in where `paid` says so. */
async function open(externalId: string, { paid, ...rest }: Record<string, unknown> = {}): Promise<void> {
  await api.make("/api/v1/accounts", { externalId, ...rest });
  if (paid !== undefined) await deposit(externalId, String(paid));
}

let references = 0;
const deposit = (account: string, amount: string) => {
  references += 1;
  return api.make(`/api/v1/accounts/${account}/deposits`, { reference: `d${references}`, amount, method: "card" });
};

/** A referrer, and accounts it referred. */
async function openPair(referrer: string, referred: readonly string[], more: Record<string, unknown> = {}) {
  await open(referrer);
  const { referralCode } = await api.account(referrer);
  for (const externalId of referred) await open(externalId, { referralCode, ...more });
}

const accept = async (events: readonly unknown[]) =>
  expect(await api.send(events)).toEqual({
    status: 200,
    accepted: events.length,
    duplicates: 0,
    quarantined: 0,
    rejected: [],
  });

const drawsOf = (account: string) => api.owner<{ id: string; kind: string; beneficiary: string }[]>`
  select d.id, d.kind, b.external_id as beneficiary
    from draws d join accounts t on t.id = d.trigger_id join accounts b on b.id = d.beneficiary_id
   where t.external_id = ${account} order by d.kind`;

test("W1: money that pays for no usage brings no bonus", async () => {
  await open("w1", { paid: "10.00" });
  const { bonus, lifetime, wallet } = await api.account("w1");
  expect(bonus).toMatchObject({ program: "signup-bonus", state: "locked", progress: "0", trigger: "10", amount: null });
  expect([wallet.paid, lifetime.deposited, lifetime.paidSpend]).toEqual(["10", "10", "0"]);
  expect((await api.call("GET", `/api/v1/draws/${bonus.drawId}`)).status).toBe(404);
});

test("W2: one nano-dollar short is nothing; reaching $10 is one draw, whatever arrives how often and wherever", async () => {
  await open("w2", { paid: "10.00" });
  await accept([charge("w2", "9"), charge("w2", "0.999999999")]);
  expect((await api.account("w2")).bonus).toMatchObject({ state: "locked", progress: "9.999999999" });
  expect(await drawsOf("w2")).toEqual([]);

  const last = charge("w2", "0.000000001");
  const processes = [api, api.another(), api.another()];
  const copies = Array.from({ length: 12 }, (_, index) => index);
  const sent = await Promise.all(
    copies.map((index) => (processes[index % processes.length] ?? api).send(Array.from({ length: 5 }, () => last))),
  );
  const total = (read: (answer: (typeof sent)[number]) => number) => sent.reduce((sum, each) => sum + read(each), 0);
  expect([total(({ accepted }) => accepted), total(({ duplicates }) => duplicates)]).toEqual([1, 59]);
  const { bonus } = await api.account("w2");
  expect(bonus).toMatchObject({ state: "due", progress: "10" });
  expect(await drawsOf("w2")).toEqual([{ id: bonus.drawId, kind: "new-account", beneficiary: "w2" }]);

  await drawnWithin(20_000, [api, api.another("worker"), api.another("worker")], [bonus.drawId]);
  const { bonus: drawn, wallet } = await api.account("w2");
  expect(drawn).toMatchObject({ state: "drawn", drawId: bonus.drawId, amount: wallet.promo });
  expect(Number(wallet.promo)).toBeGreaterThanOrEqual(5);
  expect(Number(wallet.promo)).toBeLessThanOrEqual(500);
  const posted = await api.owner`
    select p.amount = d.amount as whole from postings p join accounts a on a.id = p.account_id join draws d on d.id = ${bonus.drawId}
     where a.external_id = 'w2' and p.kind = 'bonus'`;
  expect([...posted]).toEqual([{ whole: true }]);
});

test("W3: at $0.34 an hour $10 lasts 29 h 24 min 42 s", async () => {
  const plan = { price: nanos(340_000_000n), unit: "hour", budget: nanos(10_000_000_000n) } as const;
  const lasts = runtimeFor(plan);
  expect(runtimeText(lasts ?? 0n)).toBe("29 h 24 min 42 s");
  for (const [account, durationMs, paid, arrears] of [
    ["w3.in-time", Number(lasts), "0.000033333", "0"],
    ["w3.too-long", Number(lasts) + 1_000, "0", "0.000061111"],
  ] as const) {
    await open(account, { paid: "10" });
    await accept([usageEvent({ subject: account, data: { sku: "rtx4090", durationMs } })]);
    expect((await api.account(account)).wallet).toMatchObject({ paid, arrears });
  }
});

test("W6: 3 % of pods and 5 % of serverless for six months, nothing of storage, nothing from the window's end on", async () => {
  const spend = (subject: string, time: string) =>
    [
      { service: "pod", amount: "200" },
      { service: "serverless", amount: "100" },
      { service: "storage", amount: "50" },
    ].map((data) => usageEvent({ subject, time, data }));
  await openPair("w6", ["w6.within", "w6.after"], { signedUpAt: "2026-03-01T09:00:00.000Z" });
  for (const account of ["w6.within", "w6.after"]) await deposit(account, "700");

  await accept(spend("w6.within", "2026-09-01T08:59:59.999Z"));
  await accept(spend("w6.after", "2026-09-01T09:00:00.000Z"));
  await accept(spend("w6.within", "2026-10-01T00:00:00.000Z"));
  expect((await api.account("w6.after")).lifetime.paidSpend).toBe("350");
  expect((await api.account("w6")).earnings.commission).toEqual({ accrued: "11", pending: "0", released: "0" });
  await api.sweep();
  const { earnings, wallet } = await api.account("w6");
  expect(earnings.commission).toEqual({ accrued: "11", pending: "0", released: "11" });
  expect(wallet.earned).toBe("11");
});

test("W7: 20 users of one template at $0.54 for 168 h are $1,814.40 of spend and $18.144 of royalty", async () => {
  await open("w7");
  await api.make("/api/v1/templates", { externalId: "tpl_w7", creator: "w7", name: "SDXL" });
  const users = Array.from({ length: 20 }, (_, index) => `w7.${index}`);
  for (const user of users) await open(user, { paid: "90.72" });
  const data = { sku: "a5000", durationMs: 168 * HOUR_MS, template: "tpl_w7" };
  await accept(users.map((subject) => usageEvent({ subject, data })));
  await api.sweep();
  expect(await api.template("tpl_w7")).toMatchObject({
    users: 20,
    runtimeMs: 20 * 168 * HOUR_MS,
    gateMet: true,
    spend: "1814.4",
    royalty: { accrued: "18.144", pending: "0", released: "18.144" },
  });
  expect((await api.account("w7")).wallet.earned).toBe("18.144");
  expect(dollarsFloored(nanos(18_144_000_000n))).toBe("$18.14");
});

test("W8: a millisecond short of 24 h the royalty is pending; with it all is released, the first second included", async () => {
  await open("w8");
  await api.make("/api/v1/templates", { externalId: "tpl_w8", creator: "w8", name: "Flux" });
  await open("w8.user", { paid: "100" });
  const run = (durationMs: number, amount: string) => charge("w8.user", amount, { durationMs, template: "tpl_w8" });
  await accept([run(1_000, "1")]);
  await accept([run(24 * HOUR_MS - 1_001, "20")]);
  await api.sweep();
  expect(await api.template("tpl_w8")).toMatchObject({
    runtimeMs: 24 * HOUR_MS - 1,
    gateMet: false,
    royalty: { accrued: "0.21", pending: "0.21", released: "0" },
  });
  expect((await api.account("w8")).wallet.earned).toBe("0");
  await accept([run(1, "0.000000001")]);
  await api.sweep();
  expect(await api.template("tpl_w8")).toMatchObject({
    runtimeMs: 24 * HOUR_MS,
    gateMet: true,
    royalty: { accrued: "0.21000000001", pending: "0", released: "0.21" },
  });
  expect((await api.account("w8")).wallet.earned).toBe("0.21");
});

test("W10: a referred account that reaches $10 has one draw, its referrer one, and it never has two", async () => {
  await openPair("w10", ["w10.friend"]);
  await deposit("w10.friend", "50");
  const events = Array.from({ length: 40 }, () => charge("w10.friend", "1"));
  const processes = [api, api.another()];
  await Promise.all(events.map((event, index) => (processes[index % 2] ?? api).send([event, event])));
  const friend = await api.account("w10.friend");
  const referrer = await api.account("w10");
  expect(friend.bonus).toMatchObject({ program: "referral", state: "due" });
  expect(referrer.bonus).toMatchObject({ program: "signup-bonus", state: "locked" });
  expect(await drawsOf("w10.friend")).toEqual([
    { id: friend.bonus.drawId, kind: "new-account", beneficiary: "w10.friend" },
    { id: referrer.earnings.referralBonuses.draws?.[0], kind: "referral", beneficiary: "w10" },
  ]);
  expect(referrer.referrals).toEqual({ followed: 0, signedUp: 1, spending: 1, qualified: 1 });
});

test("W11: a thousand events of one nano-dollar at 3 % are 30 nano, whatever the batching", async () => {
  for (const batch of [1_000, 40, 3]) {
    const [referrer, referred] = [`w11.${batch}`, `w11.${batch}.friend`];
    await openPair(referrer, [referred]);
    await deposit(referred, "1");
    const events = Array.from({ length: 1_000 }, () => charge(referred, "0.000000001"));
    const requests = Array.from({ length: Math.ceil(1_000 / batch) }, (_, index) =>
      events.slice(index * batch, (index + 1) * batch),
    );
    await Promise.all(requests.map((request) => api.send(request)));
    await api.sweep();
    const { earnings, wallet } = await api.account(referrer);
    expect(earnings.commission).toEqual({ accrued: "0.00000003", pending: "0", released: "0.00000003" });
    expect(wallet.earned).toBe("0.00000003");
  }
});

test("W12: promo pays first, then earned, then paid, and only what money paid is paid spend", async () => {
  await open("w12", { opening: { promo: "2", earned: "1", paid: "5" } });
  await accept([charge("w12", "4")]);
  const { wallet, lifetime } = await api.account("w12");
  expect(wallet).toMatchObject({ promo: "0", earned: "0", paid: "4", arrears: "0" });
  expect([lifetime.charged, lifetime.paidSpend]).toEqual(["4", "1"]);
});

test("W15: a deposit that settles arrears makes paid spend of the service, window and trigger it passes", async () => {
  await openPair("w15", ["w15.friend"]);
  await deposit("w15.friend", "5");
  await accept([charge("w15.friend", "6"), charge("w15.friend", "6", { service: "serverless" })]);
  const between = await api.account("w15.friend");
  expect(between.wallet).toMatchObject({ paid: "0", arrears: "7" });
  expect(between.lifetime.paidByService).toEqual({ pod: "5", serverless: "0", storage: "0" });
  expect(between.bonus).toMatchObject({ state: "locked", progress: "5" });

  await deposit("w15.friend", "7");
  const after = await api.account("w15.friend");
  expect(after.wallet).toMatchObject({ paid: "0", arrears: "0" });
  expect(after.lifetime).toMatchObject({ paidSpend: "12", paidByService: { pod: "6", serverless: "6", storage: "0" } });
  expect(after.bonus).toMatchObject({ state: "due", progress: "10" });
  expect((await api.account("w15")).earnings.commission.accrued).toBe("0.48");
});

test("W16: what promo paid earns nothing; what money paid earns with the service it paid for", async () => {
  await openPair("w16", ["w16.friend"], { opening: { promo: "5", paid: "5" } });
  await accept([charge("w16.friend", "5"), charge("w16.friend", "5", { service: "serverless" })]);
  const { lifetime, wallet } = await api.account("w16.friend");
  expect(wallet).toMatchObject({ promo: "0", paid: "0", arrears: "0" });
  expect(lifetime.paidByService).toEqual({ pod: "0", serverless: "5", storage: "0" });
  expect((await api.account("w16")).earnings.commission.accrued).toBe("0.25");
});
