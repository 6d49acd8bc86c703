import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { AccountRef } from "@/lib/ledger/wallet";
import { NANOS_PER_DOLLAR, nanos } from "@/lib/money/nanos";
import { resolveNames } from "@/lib/services/accounts/resolve-names";
import { type ApiHarness, apiHarness } from "@/lib/testing/api-harness";
import { charge } from "@/lib/testing/usage-events";
import { judgeLevels } from "./judge-levels";
import { setBalanceAlert } from "./set-balance-alert";

let api: ApiHarness;
let name: string;
let account: AccountRef;
let count = 0;

beforeAll(async () => {
  api = await apiHarness();
  await api.owner`insert into webhook_endpoints (id, url, types, state, added_by, added_at)
                  values (gen_random_uuid(), 'http://127.0.0.1:9/', null, 'active', 'test', now())`;
});
afterAll(() => api.close());
beforeEach(async () => {
  count += 1;
  name = `level-${count}`;
  await api.make("/api/v1/accounts", { externalId: name });
  const found = (await resolveNames(api.db, [name])).get(name);
  if (!found) throw new Error(`${name} is not there`);
  account = found;
});

const dollars = (amount: number) => nanos(BigInt(amount) * NANOS_PER_DOLLAR);
const ctx = () => ({ db: api.db, clock: () => api.clock.now });
const judge = () => judgeLevels(ctx(), [account.id]);
const alertAt = (amount: number | null) =>
  setBalanceAlert(ctx(), { account, lowBelow: amount === null ? null : dollars(amount) });
const pay = (amount: string) =>
  api.make(`/api/v1/accounts/${name}/deposits`, { reference: `${name}:${Math.random()}`, amount, method: "card" });
const spend = (amount: string) => api.send([charge(name, amount)]);

/** What endpoints were told, the oldest first. */
const messages = async () =>
  (
    await api.owner<{ type: string; data: unknown }[]>`
      select type, data from webhook_events
       where type like 'wallet.%' and data->>'account' = ${name} order by (data->>'at'), at, id`
  ).map(({ type, data }) => ({ type, data }));
/** What the owner was told. */
const kinds = async () =>
  (
    await api.owner<{ kind: string }[]>`
      select kind from notifications where account_id = ${account.id} and kind like 'wallet.%' order by cause`
  ).map(({ kind }) => kind);

describe("each crossing is told once, to the owner and to endpoints", () => {
  test("down through the threshold and through nothing, and up again", async () => {
    await alertAt(5);
    await pay("10");
    expect(await judge()).toBe(0);
    await spend("5");
    expect(await judge()).toBe(0);
    await spend("0.01");
    expect(await judge()).toBe(1);
    expect(await judge()).toBe(0);
    await spend("4.99");
    expect(await judge()).toBe(1);
    await pay("1");
    expect(await judge()).toBe(1);
    await pay("20");
    expect(await judge()).toBe(1);
    expect(await judge()).toBe(0);
    expect(await kinds()).toEqual(["wallet.low", "wallet.depleted", "wallet.recovered", "wallet.recovered"]);
    const told = await messages();
    expect(told.map(({ type }) => type).toSorted()).toEqual((await kinds()).toSorted());
    expect(told.find(({ type }) => type === "wallet.low")?.data).toEqual({
      account: name,
      level: "low",
      balance: "4.99",
      threshold: "5",
      at: api.clock.now.toISOString(),
    });
  });

  test("however many judge at once", async () => {
    await pay("10");
    await spend("10");
    const told = await Promise.all(Array.from({ length: 20 }, judge));
    expect(told.reduce((sum, each) => sum + each, 0)).toBe(1);
    expect(await kinds()).toEqual(["wallet.depleted"]);
    expect(await messages()).toHaveLength(1);
  });

  test("by a look at every wallet as well, should nobody say whose changed", async () => {
    await pay("10");
    await spend("10");
    expect(await judgeLevels(ctx())).toBeGreaterThanOrEqual(1);
    expect(await kinds()).toEqual(["wallet.depleted"]);
    expect(await judgeLevels(ctx())).toBe(0);
  });
});

describe("nothing is told", () => {
  test("of an account that never had anything", async () => {
    expect(await judge()).toBe(0);
  });

  test("of credit that is reserved, for it is not spent", async () => {
    await pay("10");
    const work = { account: name, reference: name, hourly: "10" };
    expect((await api.call("POST", "/api/v1/authorizations", { body: work, key: api.keys.ingest })).status).toBe(201);
    expect(await judge()).toBe(0);
  });

  test("when its owner wants to hear no more of it", async () => {
    await alertAt(20);
    await pay("10");
    expect(await judge()).toBe(1);
    await alertAt(null);
    expect(await judge()).toBe(0);
    expect(await kinds()).toEqual(["wallet.low"]);
  });
});

test("a threshold set above what there is tells at once, and a wrong one is refused", async () => {
  await pay("10");
  expect(await judge()).toBe(0);
  await alertAt(11);
  expect(await judge()).toBe(1);
  for (const amount of [0, -1, 10_000_001]) {
    expect(await alertAt(amount)).toMatchObject({ ok: false, problem: { code: "invalid", path: "lowBelow" } });
  }
});
