import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiHarness, type ApiProcess, apiHarness } from "@/lib/testing/api-harness";
import { ATTEMPTS, race as raceOf, raceRounds as rounds, statuses, raceTimeout as timeout } from "@/lib/testing/races";
import { charge } from "@/lib/testing/usage-events";

let api: ApiHarness;
let processes: ApiProcess[];

beforeAll(async () => {
  api = await apiHarness();
  processes = [api, api.another()];
});
afterAll(() => api.close());

const race = <T>(attempt: (process: ApiProcess, index: number) => Promise<T>): Promise<T[]> =>
  raceOf(processes, attempt);

const path = "/api/v1/authorizations";

async function paidInto(account: string, amount: string): Promise<void> {
  await api.make("/api/v1/accounts", { externalId: account, opening: { paid: amount } });
}

test(`twenty that ask at once never reserve more than there is, in ${rounds} of ${rounds} rounds`, {
  timeout,
}, async () => {
  for (let round = 0; round < rounds; round += 1) {
    const account = `reserve_${round}`;
    await paidInto(account, "7");
    const answers = await race(({ call }, index) =>
      call("POST", path, { body: { account, reference: `${account}.${index}`, hourly: "1" } }),
    );
    expect(statuses(answers)).toEqual({ 201: 7, 402: ATTEMPTS - 7 });
    expect((await api.account(account)).wallet).toMatchObject({ reserved: "7", available: "0" });
  }
});

test(`twenty copies of one request reserve it once, in ${rounds} of ${rounds} rounds`, { timeout }, async () => {
  for (let round = 0; round < rounds; round += 1) {
    const account = `copy_${round}`;
    await paidInto(account, "1.5");
    const body = { account, reference: account, hourly: "1" };
    const answers = await race(({ call }) => call("POST", path, { body }));
    expect(statuses(answers)).toEqual({ 200: ATTEMPTS - 1, 201: 1 });
    expect((await api.account(account)).wallet).toMatchObject({ reserved: "1", available: "0.5" });
  }
});

test(`one reference for two accounts at once is one of them, in ${rounds} of ${rounds} rounds`, {
  timeout,
}, async () => {
  for (let round = 0; round < rounds; round += 1) {
    const accounts = [`left_${round}`, `right_${round}`];
    for (const account of accounts) await paidInto(account, "1");
    const answers = await race(({ call }, index) =>
      call("POST", path, { body: { account: accounts[index % 2], reference: `both_${round}`, hourly: "1" } }),
    );
    expect(statuses(answers)).toEqual({ 200: ATTEMPTS / 2 - 1, 201: 1, 409: ATTEMPTS / 2 });
    const reserved = await Promise.all(accounts.map(async (account) => (await api.account(account)).wallet.reserved));
    expect(reserved.sort()).toEqual(["0", "1"]);
  }
});

test(`asking, extending, closing and usage at once leave exactly what is open reserved, in ${rounds} of ${rounds} rounds`, {
  timeout,
}, async () => {
  for (let round = 0; round < rounds; round += 1) {
    const account = `mixed_${round}`;
    await paidInto(account, "10");
    const asked = (index: number) => ({ account, reference: `${account}.${index}`, hourly: "1" });
    for (let index = 0; index < 5; index += 1) await api.make(path, asked(index));
    await race<unknown>(({ call, send }, index) => {
      const of = `${path}/${account}.${index % 5}`;
      if (index < 5) return call("DELETE", of);
      if (index < 10) return call("PATCH", of, { body: { quantity: "1.5" } });
      if (index < 15) return call("POST", path, { body: asked(index) });
      return send([charge(account, "0.5")]);
    });
    const [open] = await api.owner<{ reserved: string }[]>`
      select coalesce(sum(reserved), 0) / 1000000000 as reserved from authorizations
       where reference like ${`${account}.%`} and state = 'open'`;
    const { wallet } = await api.account(account);
    expect(Number(wallet.reserved)).toBe(Number(open?.reserved));
    expect(Number(wallet.reserved)).toBeLessThanOrEqual(10);
    expect(wallet.paid).toBe("7.5");
  }
});
