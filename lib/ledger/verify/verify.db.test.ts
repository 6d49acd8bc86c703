import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sources } from "@/demo/folders";
import { type ApiHarness, apiHarness } from "@/lib/testing/api-harness";
import { type ExampleSteps, exampleSteps } from "@/lib/testing/example-steps";
import { charge, usageEvent, voidOf } from "@/lib/testing/usage-events";

let api: ApiHarness;
let steps: ExampleSteps;

/** Books with something of each kind in them. */
beforeAll(async () => {
  api = await apiHarness();
  steps = exampleSteps(api);
  await steps.openPair("referrer", ["customer"], { opening: { promo: "2", earned: "1", paid: "3" } });
  await api.make("/api/v1/templates", { externalId: "tpl", creator: "referrer", name: "T" });
  const deposit = await steps.deposit("customer", "20");
  const [first, second] = [charge("customer", "9", { template: "tpl", durationMs: 60_000 }), charge("customer", "5")];
  await steps.accept([first, second, voidOf(second), charge("customer", "8", { service: "serverless" })]);
  const late = { service: "pod", amount: "2" };
  await steps.accept([usageEvent({ subject: "customer", time: "2026-11-19T10:00:00.000Z", data: late })]);
  await steps.reverse(deposit, "refund", "4");
  await api.sweep();
});
afterAll(() => api.close());

/** What `npm run verify` prints, and how it ends, entered as the process that may only read. */
async function runVerify(): Promise<{ printed: string; code: number | null }> {
  const child = spawn(process.execPath, ["lib/run.mjs", "lib/ledger/verify/command.ts"], {
    cwd: sources,
    env: { ...process.env, DATABASE_URL: api.url("reader") },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<number | null>((resolve) => {
    child.once("exit", resolve);
  });
  const [printed, complaints] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { printed: printed + complaints, code: await ended };
}

/** Changes history as nobody may: as the database's owner, its triggers off. */
async function corrupt(statements: readonly string[]): Promise<void> {
  await api.owner.begin(async (sql) => {
    await sql`set local session_replication_role = replica`;
    for (const statement of statements) {
      const { count } = await sql.unsafe(statement);
      expect(count, statement).toBeGreaterThan(0);
    }
  });
}

const customer = "account_id = (select id from accounts where external_id = 'customer')";
const opening = `${customer} and seq = (select seq from postings where kind = 'opening' and ${customer})`;
const deposit = `${customer} and seq = (select seq from postings where kind = 'deposit' and ${customer})`;
const firstEvent = `${customer} and voids_seq is null and promo > 0`;

/** Each with what undoes it, and what verify must say. */
const corruptions = [
  {
    name: "a balance, a nano-dollar too high",
    change: [`update wallets set promo = promo + 1 where ${customer}`],
    undo: [`update wallets set promo = promo - 1 where ${customer}`],
    said: /every wallet balance is the sum of its entries\n {2}wallet \S+ promo: should be 0, is 1/,
  },
  {
    name: "a part of an event, its sum kept",
    change: [`update usage_events set promo = promo - 1, paid = paid + 1 where ${firstEvent}`],
    undo: [`update usage_events set promo = promo + 1, paid = paid - 1 where ${firstEvent}`],
    said: /wallet \S+ promo: should be 1, is 0[\s\S]*paid spend is the covered part of the line/,
  },
  {
    name: "a rollup, a nano-dollar too low",
    change: [`update usage_days set charged_pod = charged_pod - 1 where ${customer} and day = '2026-11-19'`],
    undo: [`update usage_days set charged_pod = charged_pod + 1 where ${customer} and day = '2026-11-19'`],
    said: /every day's charges are the sum of its events\n {2}day 2026-11-19 of \S+: should be 1 2000000000 0 0, is 1 1999999999 0 0/,
  },
  {
    name: "a transfer that is missing",
    change: [
      `create table kept as select * from transfers where ${opening} and credit = 'earned'`,
      `delete from transfers where ${opening} and credit = 'earned'`,
    ],
    undo: ["insert into transfers select * from kept"],
    said: /every posting is the sum of its transfers\n {2}posting \S+: should be 6000000000, is 5000000000/,
  },
  {
    name: "an amount changed everywhere in its posting",
    change: [
      `update transfers set amount = amount + 1 where ${deposit}`,
      `update postings set amount = amount + 1 where ${deposit}`,
    ],
    undo: [
      `update transfers set amount = amount - 1 where ${deposit}`,
      `update postings set amount = amount - 1 where ${deposit}`,
    ],
    said: /deposit \S+: should be 20000000001, is 20000000000/,
  },
];

describe("npm run verify", () => {
  test("finds nothing in books that nobody touched", async () => {
    expect(await runVerify()).toEqual({ printed: expect.stringMatching(/^\d+ checks, 0 differences\n$/), code: 0 });
  });

  for (const { name, change, undo, said } of corruptions) {
    test(`finds ${name}, says where, and fails`, async () => {
      await corrupt(change);
      try {
        const { printed, code } = await runVerify();
        expect(printed).toMatch(said);
        expect(code).toBe(1);
      } finally {
        await corrupt(undo);
      }
    });
  }
});
