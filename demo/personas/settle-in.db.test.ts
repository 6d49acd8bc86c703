import { afterAll, beforeAll, expect, test } from "vitest";
import { digestOfBooks } from "@/demo/machine-api/testing/digest";
import { type InProcess, startInProcess } from "@/demo/machine-api/testing/in-process";
import { listOperators } from "@/lib/services/operators/list-operators";
import { removeOperator } from "@/lib/services/operators/remove-operator";
import { appointOperators } from "./appoint";
import { cast, newcomer, templates } from "./cast";
import { accountOf, people } from "./people";
import { settleIn } from "./settle-in";

const DAY_MS = 86_400_000;
let running: InProcess;
let followed = 0;

const settle = (now = new Date()) =>
  settleIn({
    api: running.api,
    now: () => now,
    follow: async () => {
      followed += 1;
    },
  });

beforeAll(async () => {
  running = await startInProcess();
  await settle();
}, 180_000);
afterAll(() => running?.close());

test("every persona has an account, waiting for its first sign-in", async () => {
  const accounts = await running.api.accounts();
  const customers = people.filter(({ isOperator }) => !isOperator);
  for (const { key } of customers) expect(accounts.map(({ externalId }) => externalId)).toContain(accountOf(key));
});

test("the personas who run the platform are its operators; one who was removed is not brought back", async () => {
  await appointOperators(running.ctx);
  const operators = async () => (await listOperators(running.db)).map(({ email }) => email);
  expect(await operators()).toEqual(["olga@demo.example", "otto@demo.example"]);
  await removeOperator(running.ctx, { email: "otto@demo.example", actor: "command", reason: "test" });
  await appointOperators(running.ctx);
  expect(await operators()).toEqual(["olga@demo.example"]);
});

test("each persona shows what its line says", async () => {
  const account = async (name: string) => {
    const found = await running.api.account(name);
    if (!found) throw new Error(`no account ${name}`);
    return found;
  };
  expect(await account(newcomer.externalId)).toMatchObject({
    wallet: { paid: "25" },
    lifetime: { charged: "0" },
    bonus: { state: "locked", progress: "0" },
  });
  expect((await account(accountOf("referred"))).bonus.progress).toBe("10");
  expect((await account(accountOf("imported"))).bonus.state).toBe("not_eligible");
  const referrer = await account(accountOf("referrer"));
  expect(referrer.referrals).toMatchObject({ signedUp: 7, spending: 5, qualified: 4 });
  expect(followed).toBeGreaterThan(7);
  for (const { externalId } of cast) expect((await account(externalId)).wallet.arrears, externalId).toBe("0");
  const gates = await Promise.all(templates.map(({ externalId }) => running.api.template(externalId)));
  expect(gates.map((template) => [template.gateMet, template.users > 0])).toEqual([
    [true, true],
    [false, true],
    [false, false],
  ]);
});

test("settling in again, days later, changes nothing and follows no link", async () => {
  const before = await digestOfBooks(running.db);
  const visits = followed;
  expect(await settle(new Date(Date.now() + 3 * DAY_MS))).toBe(false);
  expect(await digestOfBooks(running.db)).toEqual(before);
  expect(followed).toBe(visits);
});

test("what was interrupted is continued from where it stood", async () => {
  const half = await startInProcess();
  try {
    const failing = { follow: () => Promise.reject(new Error("cut off")) };
    await expect(settleIn({ api: half.api, now: () => new Date(), ...failing })).rejects.toThrow("cut off");
    const later = new Date(Date.now() + 3_600_000);
    expect(await settleIn({ api: half.api, now: () => later, follow: async () => {} })).toBe(true);
    expect((await half.api.account(newcomer.externalId))?.wallet.paid).toBe("25");
  } finally {
    await half.close();
  }
});
