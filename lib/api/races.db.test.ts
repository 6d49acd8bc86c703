import postgres, { type Sql } from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiHarness, type ApiProcess, apiHarness } from "@/lib/testing/api-harness";
import { ATTEMPTS, race as raceOf, raceRounds as rounds, statuses, raceTimeout as timeout } from "@/lib/testing/races";
import { charge, voidOf } from "@/lib/testing/usage-events";

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

const race = <T>(attempt: (process: ApiProcess, index: number) => Promise<T>): Promise<T[]> =>
  raceOf(processes, attempt);

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
    select count(*)::int as draws, count(distinct trigger_id)::int as accounts from draws d
      join accounts a on a.lane = d.lane and a.id = d.trigger_id where a.external_id like 'trigger_%'`;
  expect([...draws]).toEqual([{ draws: rounds, accounts: rounds }]);
});

test(`twenty deposits that settle arrears, and voids beside them, make one draw at the trigger, in ${rounds} of ${rounds} rounds`, {
  timeout,
}, async () => {
  for (let round = 0; round < rounds; round += 1) {
    const account = `settled_${round}`;
    await api.make("/api/v1/accounts", { externalId: account });
    const [first, ...others] = Array.from({ length: 6 }, () => charge(account, "4"));
    await api.send([first, ...others]);
    await race<unknown>(({ call, send }, index) => {
      if (index === 7 && first) return send([voidOf(first)]);
      const body = { reference: `${account}.${index}`, amount: "1", method: "card" };
      return call("POST", `/api/v1/accounts/${account}/deposits`, { body });
    });
    const { bonus, lifetime, wallet } = await api.account(account);
    expect([bonus.state, lifetime.paidSpend, wallet.arrears]).toEqual(["due", "19", "1"]);
    const draws = await api.owner`
      select 1 from draws d join accounts a on a.lane = d.lane and a.id = d.trigger_id where a.external_id = ${account}`;
    expect(draws).toHaveLength(1);
  }
});

test(`twenty refunds at once never give back more than was paid, in ${rounds} of ${rounds} rounds`, {
  timeout,
}, async () => {
  for (let round = 0; round < rounds; round += 1) {
    const account = `refunds_${round}`;
    await api.make("/api/v1/accounts", { externalId: account });
    const deposit = { reference: account, amount: "10", method: "card" };
    await api.make(`/api/v1/accounts/${account}/deposits`, deposit);
    const refunds = await race(({ call }, index) => {
      const body = { reference: `${account}.${index}`, amount: "3", reason: "refund" };
      return call("POST", `/api/v1/deposits/${account}/reversals`, { body });
    });
    expect(statuses(refunds)).toEqual({ 201: 3, 422: ATTEMPTS - 3 });
    expect((await api.account(account)).wallet.paid).toBe("1");
  }
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
