import postgres, { type Sql } from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiHarness, type ApiProcess, apiHarness } from "@/lib/testing/api-harness";
import { charge } from "@/lib/testing/usage-events";

/** Attempts at the same moment, and how often that is tried at each edge. */
const ATTEMPTS = 20;
const rounds = process.env.FULL ? 150 : 20;
const timeout = rounds * 15_000;

let api: ApiHarness;
let processes: ApiProcess[];
let naive: Sql;

beforeAll(async () => {
  api = await apiHarness();
  processes = [api, api.another()];
  naive = postgres(api.url("owner"), { max: ATTEMPTS, onnotice: () => {} });
  await naive`create table naive_entries (round int, kind text, amount bigint)`;
});
afterAll(async () => {
  await naive.end();
  await api.close();
});

/** Lets twenty attempts go at once, spread over the processes. */
const race = <T>(attempt: (process: ApiProcess, index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(
    Array.from({ length: ATTEMPTS }, (_, index) => attempt(processes[index % processes.length] ?? api, index)),
  );

const open = (externalId: string, opening: Record<string, string>) =>
  api.make("/api/v1/accounts", { externalId, opening });

test(`twenty events that each reach the trigger make one draw, in ${rounds} of ${rounds} rounds`, {
  timeout,
}, async () => {
  for (let round = 0; round < rounds; round += 1) {
    const account = `trigger_${round}`;
    await open(account, { paid: "100" });
    await api.send([charge(account, "9.999999999")]);
    await race((process) => process.send([charge(account, "0.000000001")]));
    const { bonus, lifetime } = await api.account(account);
    expect([bonus.state, lifetime.paidSpend]).toEqual(["due", "10.000000019"]);
  }
  const draws = await api.owner`
    select count(*)::int as draws, count(distinct trigger_id)::int as accounts from draws where kind = 'new-account'`;
  expect([...draws]).toEqual([{ draws: rounds, accounts: rounds }]);
});

test(`twenty charges at once never take a bucket below zero, in ${rounds} of ${rounds} rounds`, {
  timeout,
}, async () => {
  for (let round = 0; round < rounds; round += 1) {
    const account = `floor_${round}`;
    await open(account, { promo: "5.5", earned: "2.25", paid: "3" });
    await race((process) => process.send([charge(account, "1")]));
    const { wallet, lifetime } = await api.account(account);
    expect(wallet).toMatchObject({ promo: "0", earned: "0", paid: "0", arrears: "9.25" });
    expect([lifetime.charged, lifetime.paidSpend]).toEqual(["20", "3"]);
  }
});

test(`twenty copies of a deposit, or of an account, are one, in ${rounds} of ${rounds} rounds`, {
  timeout,
}, async () => {
  for (let round = 0; round < rounds; round += 1) {
    const account = `copies_${round}`;
    const made = await race(({ call }) => call("POST", "/api/v1/accounts", { body: { externalId: account } }));
    expect(made.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(new Set(made.map(({ status }) => status))).toEqual(new Set([200, 201]));
    await api.send([charge(account, "4")]);
    const body = { reference: `copies_${round}`, amount: "7", method: "card" };
    const paid = await race(({ call }) => call("POST", `/api/v1/accounts/${account}/deposits`, { body }));
    expect(paid.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(new Set(paid.map(({ status }) => status))).toEqual(new Set([200, 201]));
    expect((await api.account(account)).wallet).toMatchObject({ paid: "3", arrears: "0" });
  }
});

test("the naive way, reading before it writes, pays several bonuses and overdraws under the same race", async () => {
  const overdrawn = new Set<number>();
  let bonuses = 0;
  for (let round = 0; round < rounds; round += 1) {
    await naive`insert into naive_entries values (${round}, 'deposit', 10)`;
    const attempt = () =>
      naive.begin(async (tx) => {
        const [{ balance = 0, paid = 0 } = {}] = await tx<{ balance: number; paid: number }[]>`
          select sum(amount)::int as balance, count(*) filter (where kind = 'bonus')::int as paid
            from naive_entries where round = ${round}`;
        if (balance >= 1) await tx`insert into naive_entries values (${round}, 'charge', -1)`;
        if (paid === 0) await tx`insert into naive_entries values (${round}, 'bonus', 0)`;
      });
    await Promise.all(Array.from({ length: ATTEMPTS }, attempt));
    const [after] = await naive<{ balance: number; paid: number }[]>`
      select sum(amount)::int as balance, count(*) filter (where kind = 'bonus')::int as paid
        from naive_entries where round = ${round}`;
    if ((after?.balance ?? 0) < 0) overdrawn.add(round);
    bonuses += after?.paid ?? 0;
  }
  console.info(
    `the naive way: ${overdrawn.size} of ${rounds} rounds overdrawn, ${bonuses} bonuses where ${rounds} are due`,
  );
  expect(bonuses).toBeGreaterThan(rounds);
});
