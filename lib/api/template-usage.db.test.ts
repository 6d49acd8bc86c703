import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type ApiHarness, type ApiProcess, apiHarness } from "@/lib/testing/api-harness";
import { charge, voidOf } from "@/lib/testing/usage-events";

let api: ApiHarness;
let another: ApiProcess;
let count = 0;
/** Names of their own for each test. */
let template = "";
let creator = "";
let user = "";

const DAY_MS = 86_400_000;
const rounds = process.env.FULL ? 100 : 15;

beforeAll(async () => {
  api = await apiHarness();
  another = api.another();
});
afterAll(() => api.close());

beforeEach(async () => {
  count += 1;
  [template, creator, user] = [`tpl_${count}`, `creator_${count}`, `user_${count}`];
  await api.make("/api/v1/accounts", { externalId: creator });
  await api.make("/api/v1/accounts", { externalId: user });
});

const register = (externalId = template, by = creator) =>
  api.make("/api/v1/templates", { externalId, creator: by, name: "Stable Diffusion" });

let references = 0;
const deposit = (account: string, amount: string) => {
  references += 1;
  return api.make(`/api/v1/accounts/${account}/deposits`, { reference: `d${references}`, amount, method: "invoice" });
};

const run = (amount: string, more: Record<string, unknown> = {}, subject = user) =>
  charge(subject, amount, { template, durationMs: 1_000, ...more });

async function at<T>(ms: number, act: () => Promise<T>): Promise<T> {
  const start = api.clock.now;
  api.clock.now = new Date(start.getTime() + ms);
  try {
    return await act();
  } finally {
    api.clock.now = start;
  }
}

const royalty = (accrued: string) => ({ accrued, pending: "0", released: "0" });

describe("usage that names a template nobody registered", () => {
  test("is charged at once, and joins it when it is registered: runtime, users, spend, royalty", async () => {
    await deposit(user, "10");
    await api.send([run("1"), run("2"), run("3", { service: "serverless" })]);
    expect((await api.account(user)).lifetime.charged).toBe("6");
    expect((await api.call("GET", `/api/v1/templates/${template}`)).status).toBe(404);
    await register();
    const joined = { runtimeMs: 2_000, users: 1, spend: "3", royalty: royalty("0.03") };
    expect(await api.template(template)).toMatchObject(joined);
    await api.send([run("4")]);
    await api.sweep();
    expect(await api.template(template)).toMatchObject({
      runtimeMs: 3_000,
      users: 1,
      spend: "7",
      royalty: { accrued: "0.07", pending: "0.07", released: "0" },
    });
  });

  test("joins up to 30 days after it was posted, and not a millisecond later", async () => {
    await deposit(user, "10");
    await at(-30 * DAY_MS - 1, () => api.send([{ ...run("1"), time: "2026-10-20T00:00:00.000Z" }]));
    await at(-30 * DAY_MS, () => api.send([{ ...run("2"), time: "2026-10-20T00:00:00.000Z" }]));
    await register();
    expect(await api.template(template)).toMatchObject({ runtimeMs: 1_000, spend: "2", royalty: royalty("0.02") });
  });

  test("earns on what money covers, and on the rest when money comes, before the registration or after it", async () => {
    await deposit(user, "5");
    await api.send([run("4"), run("3"), run("2", { template: null })]);
    await deposit(user, "1");
    await register();
    expect(await api.template(template)).toMatchObject({ runtimeMs: 2_000, spend: "6", royalty: royalty("0.06") });
    await deposit(user, "0.4");
    expect(await api.template(template)).toMatchObject({ spend: "6.4", royalty: royalty("0.064") });
    await deposit(user, "10");
    expect(await api.template(template)).toMatchObject({ runtimeMs: 2_000, spend: "7", royalty: royalty("0.07") });
  });

  test("earns nothing once it was too old to join, also when a deposit settles it later", async () => {
    await at(-31 * DAY_MS, () => api.send([{ ...run("4"), time: "2026-10-20T00:00:00.000Z" }]));
    await register();
    await deposit(user, "10");
    expect((await api.account(user)).lifetime.paidSpend).toBe("4");
    expect(await api.template(template)).toMatchObject({ runtimeMs: 0, users: 0, spend: "0", royalty: royalty("0") });
  });

  test("joins once when it races with the registration, and with deposits that settle it", async () => {
    for (let round = 0; round < rounds; round += 1) {
      const [name, subject] = [`raced_${round}`, `racer_${round}`];
      await api.make("/api/v1/accounts", { externalId: subject, opening: { paid: "2" } });
      const events = Array.from({ length: 8 }, () => run("1", { template: name }, subject));
      const body = { externalId: name, creator, name: "Raced" };
      await Promise.all([
        api.send(events.slice(0, 3)),
        another.send(events.slice(3, 6)),
        (round % 2 === 0 ? api : another).call("POST", "/api/v1/templates", { body }),
        deposit(subject, "3"),
        another.send(events.slice(6)),
      ]);
      const joined = { runtimeMs: 8_000, users: 1, spend: "5", royalty: royalty("0.05") };
      expect(await api.template(name)).toMatchObject(joined);
      await deposit(subject, "3");
      expect(await api.template(name)).toMatchObject({ ...joined, spend: "8", royalty: royalty("0.08") });
    }
    expect([...(await api.owner`select template from unclaimed_usage where template like 'raced%'`)]).toEqual([]);
  });

  test("of several accounts, posted from several processes, is all there", async () => {
    const users = Array.from({ length: 12 }, (_, index) => `crowd_${count}_${index}`);
    await Promise.all(users.map((externalId) => api.make("/api/v1/accounts", { externalId, opening: { paid: "3" } })));
    const events = users.flatMap((subject) => [run("1", {}, subject), run("2", {}, subject)]);
    await Promise.all([api.send(events.slice(0, 16)), register(), another.send(events.slice(8))]);
    expect(await api.template(template)).toMatchObject({ runtimeMs: 24_000, users: 12, spend: "36" });
  });
});

describe("a template", () => {
  test("earns nothing on its creator's own use, on promo, or on other services; runtime counts on pods alone", async () => {
    await register();
    await deposit(creator, "10");
    await api.make(`/api/v1/accounts/${user}/grants`, {
      reference: `g${count}`,
      bucket: "promo",
      amount: "5",
      reason: "welcome",
    });
    await api.send([
      run("1", {}, creator),
      run("5"),
      run("1", { service: "serverless" }),
      run("1", { service: "storage", durationMs: 7 }),
    ]);
    expect(await api.template(template)).toMatchObject({
      runtimeMs: 2_000,
      users: 1,
      spend: "0",
      royalty: royalty("0"),
    });
  });

  test("is registered once: the same again changes nothing, other content is a conflict", async () => {
    const body = { externalId: template, creator, name: "One" };
    const answers = await Promise.all([
      api.call("POST", "/api/v1/templates", { body }),
      another.call("POST", "/api/v1/templates", { body }),
      api.call("POST", "/api/v1/templates", { body }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 201]);
    const other = await api.call("POST", "/api/v1/templates", { body: { ...body, creator: user } });
    expect(other.status).toBe(409);
    expect(await api.template(template)).toMatchObject({ creator });
  });
});

test("a gate that was met stays met when what met it is taken back before a sweep has seen it", async () => {
  await register();
  const event = charge(user, "1", { template, durationMs: DAY_MS });
  await api.send([event]);
  expect(await api.template(template)).toMatchObject({ runtimeMs: DAY_MS, gateMet: true });
  await api.send([voidOf(event)]);
  expect(await api.template(template)).toMatchObject({ runtimeMs: 0, gateMet: true });
  await api.sweep();
  expect(await api.template(template)).toMatchObject({ runtimeMs: 0, gateMet: true });
});
