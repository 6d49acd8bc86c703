import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Nanos, nanos } from "@/lib/money/nanos";
import { type ApiHarness, apiHarness } from "@/lib/testing/api-harness";
import { exampleSteps } from "@/lib/testing/example-steps";
import { reviewSteps } from "@/lib/testing/review-steps";
import { drawnWithin } from "@/lib/testing/wait-for-draws";
import { bindDraws } from "./bind-draws";
import { type ChangeSettings, changeSettings, listSettings } from "./change-settings";

let api: ApiHarness;
let steps: ReturnType<typeof reviewSteps>;

beforeAll(async () => {
  api = await apiHarness();
  steps = reviewSteps(api);
});
afterAll(() => api.close());

const dollars = (whole: number): Nanos => nanos(BigInt(whole) * 1_000_000_000n);
const ctx = () => ({ db: api.db, clock: () => api.clock.now });
const change = (input: Partial<ChangeSettings>) =>
  changeSettings(ctx(), { program: "signup-bonus", reason: "a test", actor: "olga@example.com", ...input });

async function settings(program = "signup-bonus") {
  const found = (await listSettings(ctx())).find((each) => each.program === program);
  if (!found) throw new Error(`There is no ${program}`);
  return found;
}

/** So much above what is given and held already, or no limit. */
async function room(amount: Nanos | null): Promise<void> {
  const { reserved, spent } = await settings();
  const result = await change({ paused: false, budget: amount === null ? null : nanos(reserved + spent + amount) });
  if (!result.ok) throw new Error(result.problem.detail);
}

/** Accounts whose draws are due one after another, on days of their own, and not judged yet. */
async function due(names: readonly string[]): Promise<void> {
  for (const name of names) {
    api.clock.now = new Date(api.clock.now.getTime() + 1_000);
    await steps.open(name);
    await steps.deposit(name, "20");
    await steps.spend(name, "10");
  }
}

const statesOf = (names: readonly string[]) =>
  Promise.all(names.map(async (name) => (await steps.bonusOf(name)).state));
const numbered = (name: string, count: number) => Array.from({ length: count }, (_, index) => `${name}-${index}`);

beforeEach(() => room(null));

test("twenty workers at once never pass the budget, and bind all that fits, the first ones", async () => {
  const names = numbered("edge", 12);
  await due(names);
  await room(nanos(dollars(2_000) + dollars(499)));
  const processes = [api, api.another(), api.another("worker"), api.another("worker")];
  const secret = new Uint8Array(32).fill(7);
  const bound = await Promise.all(
    Array.from({ length: 20 }, (_, index) => {
      const { db } = processes[index % processes.length] ?? api;
      return bindDraws({ db, clock: () => api.clock.now }, secret);
    }),
  );
  expect(bound.reduce((sum, each) => sum + each, 0)).toBe(4);
  expect(await statesOf(names)).toEqual([...Array(4).fill("bound"), ...Array(8).fill("queued")]);
  const { reserved, spent, budget, queued } = await settings();
  expect(queued).toBe(8);
  expect(budget !== null && reserved + spent <= budget).toBe(true);
});

test("who waits for budget is told so, and is served in order when there is some", async () => {
  const names = numbered("order", 5);
  await due(names);
  await room(nanos(0n));
  await api.sweep();
  const { reason } = await steps.bonusOf("order-0");
  expect(reason).toMatch(/waits until the program's budget has room/);
  const waiting = (await settings()).queued;
  await room(dollars(1_000 + 500 * (waiting - 5)));
  await api.sweep();
  expect(await statesOf(names)).toEqual(["bound", "bound", "queued", "queued", "queued"]);
  await room(dollars(500));
  await api.sweep();
  expect(await statesOf(names)).toEqual(["bound", "bound", "bound", "queued", "queued"]);
  await room(null);
  await api.sweep();
  expect(await statesOf(names)).toEqual(Array(5).fill("bound"));
  expect((await steps.bonusOf("order-4")).reason).toBeNull();
});

test("a paused program binds nothing and says so; another program goes on", async () => {
  await change({ paused: true });
  await due(["paused"]);
  await steps.open("pair.referrer");
  await steps.openReferred("pair.referred", "pair.referrer");
  await steps.deposit("pair.referred", "20");
  await steps.spend("pair.referred", "10");
  await api.sweep();
  expect(await steps.bonusOf("paused")).toMatchObject({ state: "queued", reason: expect.stringMatching(/is paused/) });
  expect(await steps.drawsOf("pair.referred")).toEqual(["bound", "bound"]);
  await change({ paused: false });
  await api.sweep();
  expect((await steps.bonusOf("paused")).state).toBe("bound");
});

test("more draws than one pass looks at, waiting for one program's budget, do not stand in another's way", async () => {
  await room(nanos(0n));
  await due(["crowd"]);
  await api.sweep();
  const [crowd] = await api.owner`select d.* from draws d join account_names n on n.account_id = d.trigger_id
    where n.name = 'crowd'`;
  await api.owner`
    insert into draws (lane, id, kind, trigger_id, beneficiary_lane, beneficiary_id, program, terms_id, state, due_at)
    select 0, gen_random_uuid(), 'new-account', gen_random_uuid(), ${crowd?.beneficiary_lane}, ${crowd?.beneficiary_id},
           'signup-bonus', ${crowd?.terms_id}, 'held', '2026-01-01T00:00:00Z' from generate_series(1, 1500)`;
  await api.owner`update draws set state = 'queued' where due_at = '2026-01-01T00:00:00Z'`;
  await steps.open("beside.referrer");
  await steps.openReferred("beside.referred", "beside.referrer");
  await steps.deposit("beside.referred", "20");
  await steps.spend("beside.referred", "10");
  await api.sweep();
  expect(await steps.drawsOf("beside.referred")).toEqual(["bound", "bound"]);
  await api.owner.begin(async (sql) => {
    await sql`set local session_replication_role = replica`;
    // A round that came out meanwhile made room, and some of them may have got it.
    await sql`
      update program_settings s set reserved = s.reserved - made.reserved
        from (select coalesce(sum(reserved), 0) as reserved from draws where due_at = '2026-01-01T00:00:00Z') made
       where program = 'signup-bonus'`;
    await sql`delete from draws where due_at = '2026-01-01T00:00:00Z'`;
  });
});

test("what a reservation did not use goes back, and what was given stays given though it is taken back", async () => {
  const before = await settings();
  await exampleSteps(api).drawExactly(700);
  api.clock.now = new Date(api.clock.now.getTime() + 1_000);
  await steps.open("given");
  const deposit = await steps.deposit("given", "20");
  await steps.spend("given", "10");
  await api.sweep();
  await drawnWithin(20_000, [api], [(await steps.bonusOf("given")).drawId]);
  const others = await settings();
  await api.make(`/api/v1/deposits/${deposit}/reversals`, { reference: "given.back", reason: "chargeback" });
  await api.sweep();
  expect((await steps.bonusOf("given")).state).toBe("taken_back");
  const after = await settings();
  expect(after.spent).toBe(others.spent);
  expect(after.spent - before.spent).toBeGreaterThanOrEqual(dollars(7));
  const [held] = await api.owner`
    select coalesce(sum(reserved), 0)::text as reserved from draws where state = 'bound' and program = 'signup-bonus'`;
  expect(String(after.reserved)).toBe(held?.reserved);
});

test("a budget below what was given and is held is refused with what it is, and both acts are in the audit log", async () => {
  const { reserved, spent } = await settings();
  const taken = nanos(reserved + spent);
  const reason = `budget test ${taken}`;
  const low = await change({ budget: nanos(taken - 1n), reason });
  expect(low).toMatchObject({ ok: false, problem: { code: "invalid", path: "budget" } });
  expect((await change({ budget: taken, reason })).ok).toBe(true);
  expect(await change({ budget: taken, reason })).toMatchObject({ ok: true, created: false });
  expect(await change({ budget: nanos(-1n) })).toMatchObject({ ok: false });
  expect(await change({ program: "no-program" })).toMatchObject({ ok: false, problem: { code: "not_found" } });
  const acts = await api.owner`select act, subject, outcome from audit_log where reason = ${reason} order by id`;
  expect(acts.map(({ outcome }) => outcome)).toEqual(["refused", "done"]);
  expect(acts[0]).toMatchObject({ act: "program.change", subject: "signup-bonus" });
});
