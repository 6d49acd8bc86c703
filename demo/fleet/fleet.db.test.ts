import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type InProcess, startInProcess } from "@/demo/machine-api/testing/in-process";
import { newcomer } from "@/demo/personas/cast";
import { settleIn } from "@/demo/personas/settle-in";
import { nanos } from "@/lib/money/nanos";
import { closeAccount } from "@/lib/services/accounts/close-account";
import { openAccount } from "@/lib/services/accounts/open-account";
import { recordDeposit } from "@/lib/services/funds/record-deposit";
import { Fleet } from "./fleet";

const TICK_MS = 2_000;
let nowMs = Date.now() - 3_600_000;
let running: InProcess;
let fleet: Fleet;

beforeAll(async () => {
  running = await startInProcess(() => new Date(nowMs));
  await settleIn({ api: running.api, now: () => new Date(nowMs), follow: async () => {} });
  nowMs += TICK_MS;
  fleet = new Fleet({ api: running.api, startedAtMs: nowMs });
}, 180_000);
afterAll(async () => {
  vi.unstubAllEnvs();
  await running?.close();
});

async function pass(ms: number): Promise<void> {
  for (const endMs = nowMs + ms; nowMs < endMs; nowMs += TICK_MS) await fleet.tick(nowMs);
}

const standing = async (name: string) => {
  const account = await running.api.account(name);
  return { state: account?.bonus.state, spent: Number(account?.lifetime.charged), wallet: account?.wallet };
};

test("nothing runs for the newcomer until she signs in; then she reaches $10 within three minutes", async () => {
  await pass(30_000);
  expect((await standing(newcomer.externalId)).spent).toBe(0);

  const { email = "", name } = newcomer;
  const claimed = await openAccount(running.ctx, { userId: "user-nora", email, emailVerified: true, name });
  expect(claimed).toMatchObject({ ok: true, value: { externalId: newcomer.externalId } });
  await pass(120_000);
  expect(await standing(newcomer.externalId)).toMatchObject({ state: "due" });
  const { spent } = await standing(newcomer.externalId);
  expect(spent).toBeGreaterThanOrEqual(10);
  expect(spent).toBeLessThan(10.1);
});

test("whoever signs up and pays in gets machines too, and is charged to the end of the credit and no cent further", async () => {
  const email = "somebody@demo.example";
  const opened = await openAccount(running.ctx, { userId: "user-else", email, emailVerified: true });
  if (!opened.ok) throw new Error(opened.problem.detail);
  await pass(10_000);
  expect((await standing(opened.value.externalId)).spent).toBe(0);

  const deposit = { reference: "somebody-1", amount: nanos(5_000_000_000n), method: "card" } as const;
  await recordDeposit(running.ctx, { account: opened.value, ...deposit });
  await pass(120_000);
  const { spent, wallet } = await standing(opened.value.externalId);
  expect(spent).toBeGreaterThanOrEqual(4.99);
  expect(Number(wallet?.arrears)).toBeLessThan(0.01);
});

test("what is left of a closed account's money is not spent by machines that nobody stopped", async () => {
  vi.stubEnv("NEXTAUTH_SECRET", "a secret of the tests, long enough to be one");
  const email = "leaves@demo.example";
  const opened = await openAccount(running.ctx, { userId: "user-leaves", email, emailVerified: true });
  if (!opened.ok) throw new Error(opened.problem.detail);
  const deposit = { reference: "leaves-1", amount: nanos(25_000_000_000n), method: "card" } as const;
  await recordDeposit(running.ctx, { account: opened.value, ...deposit });
  await pass(30_000);
  expect(await closeAccount(running.ctx, { account: opened.value, paid: "refund" })).toMatchObject({ ok: true });
  await pass(TICK_MS * 2);
  const { spent } = await standing(opened.value.externalId);
  expect(spent).toBeGreaterThan(0);
  await pass(60_000);
  expect((await standing(opened.value.externalId)).spent).toBe(spent);
});

test("an account made through the API is nobody the fleet works for", async () => {
  await running.api.openAccount({ externalId: "cust_1" });
  await running.api.deposit("cust_1", { reference: "cust_1-1", amount: "100", method: "invoice" });
  await pass(60_000);
  expect((await standing("cust_1")).spent).toBe(0);
});
