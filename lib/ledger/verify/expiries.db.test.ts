import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ApiHarness, apiHarness } from "@/lib/testing/api-harness";
import { creditSteps } from "@/lib/testing/credit-steps";
import { exampleSteps } from "@/lib/testing/example-steps";
import { alwaysCents, otherTerms } from "@/lib/testing/other-terms";
import { drawnWithin } from "@/lib/testing/wait-for-draws";
import { verify } from "./verify";

let api: ApiHarness;

/** One grant that expired in part, one that did not yet, and a bonus that is held. */
beforeAll(async () => {
  api = await apiHarness();
  const steps = exampleSteps(api);
  const credit = creditSteps(api);
  await otherTerms(api, "signup-bonus", { bonus: alwaysCents(700), credit: { holdHours: 48, expiryDays: 10 } });
  await steps.open("ending", { paid: "10" });
  await credit.grant("ending", "5", 1);
  await credit.grant("ending", "3", 100);
  await credit.spend("ending", "2");
  credit.pass(1);
  await api.sweep();
  await credit.spend("ending", "13");
  await credit.grant("ending", "4", 100);
  const draws = await steps.drawsOf("ending");
  await drawnWithin(
    20_000,
    [api],
    draws.map(({ id }) => id),
  );
  expect(await credit.wallet("ending")).toEqual(["4", "7", "0", "0"]);
});
afterAll(() => api.close());

/** What verify says once history was changed as nobody may: as the owner, its triggers off. */
async function saidOf(statement: string): Promise<string[]> {
  const said: string[] = [];
  const copies = ["credit_expiries", "rewards"];
  await api.owner.begin(async (sql) => {
    await sql`set local session_replication_role = replica`;
    for (const table of copies) await sql.unsafe(`create table kept_${table} as select * from ${table}`);
    const { count } = await sql.unsafe(statement);
    if (count !== 1) throw new Error("Nothing was changed");
  });
  try {
    const { differences } = await verify(api.db);
    said.push(...differences.map(({ check }) => check));
  } finally {
    await api.owner.begin(async (sql) => {
      await sql`set local session_replication_role = replica`;
      for (const table of copies) {
        await sql.unsafe(`delete from ${table}`);
        await sql.unsafe(`insert into ${table} select * from kept_${table}`);
        await sql.unsafe(`drop table kept_${table}`);
      }
    });
  }
  return [...new Set(said)];
}

const POSTED = "what expired was posted, once its time had come";
const LEFT = "what expired is what was left of its lot";
const HELD = "what is held are rewards that wait for their release, by their terms";
const last = "seq = (select max(seq) from credit_expiries)";

describe("verify finds", () => {
  test.each([
    [
      "more expired than was posted",
      "update credit_expiries set expired = expired + 1 where expired > 0",
      [POSTED, LEFT],
    ],
    [
      "credit that expired before its time",
      "update credit_expiries set expires_at = expires_at + interval '1 day' where expired > 0",
      [POSTED],
    ],
    [
      "credit that will be forgotten when its time comes",
      `update credit_expiries set open = false where ${last}`,
      [LEFT],
    ],
    ["a grant whose end is missing", `delete from credit_expiries where ${last}`, [POSTED]],
    ["a held bonus that was let go without a posting", "update rewards set held = false", [HELD]],
    ["a bonus that is held for less than its terms say", "update rewards set hold_ms = hold_ms - 1", [HELD]],
    ["a bonus of which something expired that no credit says", "update rewards set expired = 1", [POSTED]],
  ])("%s", async (_, statement, checks) => {
    expect(await saidOf(statement)).toEqual(expect.arrayContaining(checks));
  });

  test("nothing where nobody touched anything", async () => {
    expect((await verify(api.db)).differences).toEqual([]);
  });
});

test("when credit ends is fixed, and what expired stays expired", async () => {
  const { db } = api;
  for (const change of [
    "expires_at = expires_at + interval '1 day'",
    "expired = -1",
    "times = times - 1",
    "bucket = 'earned'",
  ]) {
    await expect(db.$client.unsafe(`update credit_expiries set ${change}`), change).rejects.toThrow(/stays fixed/);
  }
  await expect(db.$client`delete from credit_expiries`).rejects.toThrow(/permission denied/);
  await expect(api.owner`delete from credit_expiries`).rejects.toThrow(/stays fixed/);
});
