import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createApi } from "@/lib/api/app";
import { forwardedAddress } from "@/lib/services/limits/forwarded-address";
import { defaultLimits, noLimits, parseLimits } from "@/lib/services/limits/policies";
import { RateLimiter } from "@/lib/services/limits/rate-limiter";
import { type ApiHarness, apiHarness } from "@/lib/testing/api-harness";
import { charge } from "@/lib/testing/usage-events";

let api: ApiHarness;

beforeAll(async () => {
  api = await apiHarness();
  await api.make("/api/v1/accounts", { externalId: "known", opening: { paid: "10" } });
});
afterAll(() => api.close());

/** One process with limits of its own, and a clock that all of them share. */
function process(limits: string, clock = { now: api.clock.now }) {
  const ctx = { db: api.db, clock: () => clock.now };
  const limiter = new RateLimiter(ctx, parseLimits(limits));
  const app = createApi({ ctx, beaconSecret: new Uint8Array(32), limiter });
  const ask = async (
    path: string,
    { key = api.keys.read, from = "", body }: { key?: string; from?: string; body?: unknown } = {},
  ) => {
    const headers = new Headers({ Authorization: `Bearer ${key}`, "Content-Type": "application/json" });
    if (from) headers.set("X-Forwarded-For", from);
    const sent = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
    const answer = await app.request(path, { headers, ...sent });
    return {
      status: answer.status,
      limit: answer.headers.get("RateLimit"),
      policy: answer.headers.get("RateLimit-Policy"),
      after: answer.headers.get("Retry-After"),
      body: await answer.json(),
    };
  };
  return { ask, limiter };
}

/** A minute that no other test has counted in. */
let minute = 0;
const freshClock = () => ({ now: new Date(api.clock.now.getTime() + 3_600_000 + 60_000 * minute++) });

const prices = "/api/v1/prices";

describe("a key", () => {
  test("may ask so often a minute, is told how often it still may, and what to do beyond", async () => {
    const clock = freshClock();
    clock.now = new Date(clock.now.getTime() + 17_500);
    const { ask } = process("read=3", clock);
    expect(await ask(prices)).toMatchObject({
      status: 200,
      policy: '"read";q=3;w=60',
      limit: '"read";r=2;t=43',
      after: null,
    });
    expect((await ask(prices)).limit).toBe('"read";r=1;t=43');
    expect((await ask(prices)).limit).toBe('"read";r=0;t=43');
    const refused = await ask(prices);
    expect(refused).toMatchObject({ status: 429, limit: '"read";r=0;t=43', after: "43", body: { status: 429 } });
    expect(refused.body.detail).toContain("43 s");
    clock.now = new Date(clock.now.getTime() + 42_500);
    expect(await ask(prices)).toMatchObject({ status: 200, limit: '"read";r=2;t=60' });
  });

  test("has a limit for each scope, and no other key's", async () => {
    const { ask } = process("read=1,admin=1,ingest=1", freshClock());
    const events = { body: [charge("known", "0.01")], key: api.keys.admin };
    expect((await ask(prices)).status).toBe(200);
    expect((await ask(prices)).status).toBe(429);
    expect((await ask(prices, { key: api.keys.admin })).status).toBe(200);
    expect((await ask("/api/v1/events", events)).status).toBe(200);
    expect(await ask("/api/v1/events", events)).toMatchObject({ status: 429, policy: '"ingest";q=1;w=60' });
    expect((await ask("/api/v1/reviews", { key: api.keys.admin })).status).toBe(200);
    expect((await ask("/api/v1/reviews", { key: api.keys.admin })).status).toBe(429);
  });

  test("that is wrong is not counted, and without a limit nothing is said", async () => {
    const { ask } = process("read=1,admin=off", freshClock());
    for (const key of ["tsk_unknown", api.keys.ingest]) expect((await ask(prices, { key })).limit).toBeNull();
    expect((await ask(prices)).status).toBe(200);
    expect(await ask("/api/v1/reviews", { key: api.keys.admin })).toMatchObject({
      status: 200,
      limit: null,
      policy: null,
    });
  });
});

describe("processes", () => {
  test("hear of each other when they settle, and let through no more than the limit after that", async () => {
    const clock = freshClock();
    const [left, right] = [process("read=10", clock), process("read=10", clock)];
    for (let asked = 0; asked < 6; asked += 1) expect((await left.ask(prices)).status).toBe(200);
    expect((await right.ask(prices)).limit).toBe('"read";r=9;t=60');
    await left.limiter.settle();
    await right.limiter.settle();
    expect((await right.ask(prices)).limit).toBe('"read";r=2;t=60');
    await right.limiter.settle();
    await left.ask(prices);
    await left.limiter.settle();
    const rest = await Promise.all(Array.from({ length: 5 }, () => left.ask(prices)));
    expect(rest.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  test("settle at once without counting twice or waiting for each other", async () => {
    const clock = freshClock();
    const several = Array.from({ length: 4 }, () => process("read=100000,admin=100000", clock));
    for (let round = 0; round < 5; round += 1) {
      await Promise.all(
        several.flatMap(({ ask, limiter }) => [
          ask(prices),
          ask(prices, { key: api.keys.admin }),
          limiter.settle(),
          limiter.settle(),
        ]),
      );
    }
    await Promise.all(several.map(({ limiter }) => limiter.settle()));
    const rows = await api.owner`
      select sum(requests)::int as requests from rate_counts where window_start = ${clock.now.toISOString()} group by subject`;
    expect(rows.map(({ requests }) => requests)).toEqual([20, 20]);
  });

  test("count on alone while the database does not answer", async () => {
    const ctx = { db: { $client: { unsafe: () => Promise.reject(new Error("gone")) } }, clock: () => new Date(0) };
    const limiter = new RateLimiter(ctx as never, { ...noLimits, read: 3 });
    const taken = [];
    for (let asked = 0; asked < 5; asked += 1) {
      taken.push(limiter.take("read", "somebody")?.ok);
      await limiter.settle();
    }
    expect(taken).toEqual([true, true, true, false, false]);
  });

  test("clear away the minutes that are long past", async () => {
    const clock = freshClock();
    const { ask, limiter } = process("read=10", clock);
    await ask(prices);
    await limiter.settle();
    const old = clock.now;
    clock.now = new Date(old.getTime() + 600_000);
    await ask(prices);
    await limiter.settle();
    expect(await api.owner`select 1 from rate_counts where window_start <= ${old.toISOString()}`).toHaveLength(0);
  });
});

test("what is public is limited by the address it is asked from", async () => {
  const { ask } = process("public=2", freshClock());
  const draw = "/api/v1/draws/00000000-0000-0000-0000-000000000000";
  expect((await ask(draw, { from: "192.0.2.1" })).status).toBe(404);
  expect((await ask(draw, { from: "198.51.100.9, 192.0.2.1" })).limit).toBe('"public";r=0;t=60');
  expect((await ask(draw, { from: "203.0.113.5, 192.0.2.1" })).status).toBe(429);
  expect((await ask(draw, { from: "192.0.2.2" })).status).toBe(404);
  expect((await ask("/.well-known/credit-programs.json", { from: "192.0.2.1" })).status).toBe(200);
});

test.each([
  [undefined, 1, null],
  ["", 1, null],
  ["192.0.2.1", 1, "192.0.2.1"],
  ["forged, 192.0.2.1", 1, "192.0.2.1"],
  ["forged, 192.0.2.1, 10.0.0.1", 2, "192.0.2.1"],
  ["10.0.0.1", 2, null],
  ["192.0.2.1", 0, null],
])("of X-Forwarded-For %j behind %i proxies %j is believed", (header, proxies, address) => {
  expect(forwardedAddress(header, proxies)).toBe(address);
});

test("the setting names what differs from the defaults, or says what it does not understand", () => {
  expect(parseLimits("")).toEqual(defaultLimits);
  expect(parseLimits(" ingest = 5 , public=off")).toEqual({ ...defaultLimits, ingest: 5, public: null });
  expect(parseLimits("off")).toEqual(noLimits);
  for (const wrong of [
    "ingest",
    "ingest=",
    "ingest=0",
    "ingest=-1",
    "ingest=1e3",
    "eat=5",
    "toString=1",
    "read=5;admin=5",
  ]) {
    expect(() => parseLimits(wrong)).toThrow(/RATE_LIMITS: .* ingest, read, admin/);
  }
});
