import { afterAll, beforeAll, expect, test } from "vitest";
import { resolveNames } from "@/lib/services/accounts/resolve-names";
import { joinAccounts } from "@/lib/services/reviews/join-accounts";
import { type ApiHarness, apiHarness } from "@/lib/testing/api-harness";
import { reviewSteps } from "@/lib/testing/review-steps";

let api: ApiHarness;
let steps: ReturnType<typeof reviewSteps>;

beforeAll(async () => {
  api = await apiHarness();
  steps = reviewSteps(api);
});
afterAll(() => api.close());

/** Time goes on, so that usage afterwards is dated later than what came before. */
const later = (ms = 60_000) => {
  api.clock.now = new Date(api.clock.now.getTime() + ms);
};

async function join(...names: string[]) {
  const known = await resolveNames(api.db, names);
  const accounts = names.map((name) => known.get(name) ?? { lane: 0, id: crypto.randomUUID() });
  const ctx = { db: api.db, clock: () => api.clock.now };
  return joinAccounts(ctx, { accounts, reason: "one person, two cards", actor: "olga@example.com" });
}

async function joined(...names: string[]) {
  const result = await join(...names);
  if (!result.ok) throw new Error(result.problem.detail);
  later();
  return result;
}

const commissionAfterSweep = async (account: string) => {
  await api.sweep();
  return steps.commissionOf(account);
};

const royaltyOf = async (creator: string) => {
  await api.sweep();
  return (await api.account(creator)).earnings.royalty.accrued;
};

const deciding = async (account: string, release: boolean) => {
  for (const { id } of await steps.openOn(account)) await steps.decide(id, release);
};

test("a pair that is joined earns no commission from then on, keeps what it earned, and is held for a word", async () => {
  await steps.open("pair.a");
  await steps.openReferred("pair.b", "pair.a");
  const deposit = await steps.deposit("pair.b", "100");
  await steps.spend("pair.b", "10");
  expect(await commissionAfterSweep("pair.a")).toMatchObject({ accrued: "0.3", released: "0.3" });
  await joined("pair.a", "pair.b");
  await steps.spend("pair.b", "50");
  expect(await commissionAfterSweep("pair.a")).toEqual({ accrued: "0.3", pending: "0", released: "0.3" });
  expect((await steps.openOn("pair.b")).map(({ kind, reason }) => [kind, reason])).toContainEqual(["pair", "cluster"]);

  // What was earned before stays bound to its money, also after the join.
  await api.make(`/api/v1/deposits/${deposit}/reversals`, { reference: `${deposit}.back`, reason: "chargeback" });
  expect(await commissionAfterSweep("pair.a")).toEqual({ accrued: "0", pending: "0", released: "0" });
  await api.make(`/api/v1/deposits/${deposit}/reversals`, { reference: `${deposit}.won`, reason: "dispute_won" });
  expect(await commissionAfterSweep("pair.a")).toEqual({ accrued: "0.3", pending: "0.3", released: "0" });
  await deciding("pair.b", true);
  await steps.spend("pair.b", "10");
  expect(await commissionAfterSweep("pair.a")).toEqual({ accrued: "0.3", pending: "0", released: "0.3" });
});

test("a refused pair of one person gives back what it earned before", async () => {
  await steps.open("back.a");
  await steps.openReferred("back.b", "back.a");
  await steps.deposit("back.b", "100");
  await steps.spend("back.b", "10");
  expect((await commissionAfterSweep("back.a")).released).toBe("0.3");
  await joined("back.a", "back.b");
  await deciding("back.b", false);
  expect(await commissionAfterSweep("back.a")).toEqual({ accrued: "0", pending: "0", released: "0" });
});

test("a template used by another account of its creator counts as own use from then on; what others use goes on", async () => {
  await steps.open("tpl.creator");
  await steps.open("tpl.mate");
  await steps.open("tpl.other");
  await api.make("/api/v1/templates", { externalId: "tpl", creator: "tpl.creator", name: "T" });
  for (const user of ["tpl.mate", "tpl.other"]) await steps.deposit(user, "100");
  const use = (user: string, amount: string) => steps.spend(user, amount, { template: "tpl", durationMs: 1_000 });
  await use("tpl.mate", "10");
  await use("tpl.other", "10");
  expect(await royaltyOf("tpl.creator")).toBe("0.2");
  await joined("tpl.creator", "tpl.mate");
  await use("tpl.mate", "40");
  await use("tpl.other", "10");
  expect(await royaltyOf("tpl.creator")).toBe("0.3");
  const template = await api.template("tpl");
  expect([template.spend, template.runtimeMs, template.users]).toEqual(["30", 4_000, 2]);
});

test("usage dated ahead that was posted before the join keeps what it earned", async () => {
  await steps.open("ahead.a");
  await steps.openReferred("ahead.b", "ahead.a");
  await steps.deposit("ahead.b", "100");
  later(1_800_000);
  await steps.spend("ahead.b", "10");
  api.clock.now = new Date(api.clock.now.getTime() - 1_800_000);
  await joined("ahead.a", "ahead.b");
  later(1_800_000);
  await steps.spend("ahead.b", "10");
  expect((await commissionAfterSweep("ahead.a")).accrued).toBe("0.3");
});

test("a bonus of an account whose cluster had one is held, also one that waits in the queue", async () => {
  for (const name of ["bonus.a", "bonus.b", "bonus.c"]) {
    await steps.open(name);
    await steps.deposit(name, "20");
  }
  await steps.spend("bonus.a", "10");
  await api.sweep();
  expect((await steps.bonusOf("bonus.a")).state).toBe("bound");
  await api.owner`update program_settings set paused = true where program = 'signup-bonus'`;
  await steps.spend("bonus.b", "10");
  await api.sweep();
  expect((await steps.bonusOf("bonus.b")).state).toBe("queued");
  await joined("bonus.a", "bonus.b", "bonus.c");
  await api.owner`update program_settings set paused = false where program = 'signup-bonus'`;
  await steps.spend("bonus.c", "10");
  await api.sweep();
  for (const name of ["bonus.b", "bonus.c"]) {
    expect(await steps.bonusOf(name)).toMatchObject({ state: "held", reason: "cluster" });
    expect((await steps.openOn(name)).map(({ other }) => other)).toEqual(["bonus.a"]);
  }
});

test("of a cluster's accounts that are due at once one has its bonus", async () => {
  const names = ["once.a", "once.b", "once.c"];
  for (const name of names) {
    await steps.open(name);
    await steps.deposit(name, "20");
  }
  await joined("once.a", "once.b", "once.c");
  await Promise.all(names.map((name) => steps.spend(name, "10")));
  await api.sweep();
  const states = await Promise.all(names.map(async (name) => (await steps.bonusOf(name)).state));
  expect(states.sort()).toEqual(["bound", "held", "held"]);
});

test("joining a cluster to another makes one of both, and what was joined first stays so", async () => {
  for (const name of ["m.a", "m.b", "m.c", "m.d"]) await steps.open(name);
  await api.make("/api/v1/templates", { externalId: "m.tpl", creator: "m.a", name: "M" });
  for (const name of ["m.b", "m.c", "m.d"]) await steps.deposit(name, "100");
  const use = (user: string) => steps.spend(user, "10", { template: "m.tpl", durationMs: 1_000 });
  await joined("m.a", "m.b");
  await joined("m.c", "m.d");
  await use("m.b");
  await use("m.c");
  expect(await royaltyOf("m.a")).toBe("0.1");
  const merged = await joined("m.d", "m.a");
  expect(merged.value.accountIds).toHaveLength(4);
  for (const name of ["m.b", "m.c", "m.d"]) await use(name);
  expect(await royaltyOf("m.a")).toBe("0.1");
  const clusters = await api.owner`
    select distinct w.cluster_id from wallets w join account_names n on n.account_id = w.account_id
     where n.name in ('m.a', 'm.b', 'm.c', 'm.d')`;
  expect(clusters).toHaveLength(1);
});

test("joining what is joined changes nothing; one account alone, or one that does not exist, is refused", async () => {
  await steps.open("same.a");
  await steps.open("same.b");
  const first = await joined("same.a", "same.b");
  const before = await api.rowCounts();
  const again = await join("same.b", "same.a");
  expect(again).toMatchObject({ ok: true, created: false, value: { id: first.value.id } });
  expect(await join("same.a", "same.a")).toMatchObject({ ok: false, problem: { code: "invalid" } });
  expect(await join("same.a", "nobody")).toMatchObject({ ok: false, problem: { code: "not_found" } });
  expect(await api.rowCounts()).toEqual(before);
  const [act] = await api.owner`
    select actor, act, reason, outcome from audit_log where subject = ${first.value.id}`;
  expect(act).toEqual({
    actor: "olga@example.com",
    act: "accounts.join",
    reason: "one person, two cards",
    outcome: "done",
  });
});

test("joins, usage and sweeps at the same time leave books that verify", async () => {
  const names = Array.from({ length: 6 }, (_, index) => `busy.${index}`);
  await steps.open("busy.0");
  for (const name of names.slice(1)) await steps.openReferred(name, "busy.0");
  for (const name of names) await steps.deposit(name, "50");
  await api.make("/api/v1/templates", { externalId: "busy.tpl", creator: "busy.0", name: "B" });
  const acts = names
    .slice(1)
    .flatMap((name) => [
      steps.spend(name, "5", { template: "busy.tpl", durationMs: 1_000 }),
      steps.spend(name, "6", { template: "busy.tpl", durationMs: 1_000 }),
      join("busy.0", name),
      api.sweep(),
    ]);
  await Promise.all(acts);
  later();
  for (const name of names.slice(1)) await steps.spend(name, "7", { template: "busy.tpl", durationMs: 1_000 });
  const before = await royaltyOf("busy.0");
  later();
  for (const name of names.slice(1)) await steps.spend(name, "7", { template: "busy.tpl", durationMs: 1_000 });
  expect(await royaltyOf("busy.0")).toBe(before);
});
