import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type ApiHarness, apiHarness } from "@/lib/testing/api-harness";
import { charge, usageEvent } from "@/lib/testing/usage-events";

let api: ApiHarness;
let accounts = 0;
let account = "";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

beforeAll(async () => {
  api = await apiHarness();
  await setPrice("a100", { service: "pod", unit: "hour", amount: "2" });
  await setPrice("free", { service: "pod", unit: "hour", amount: "0" });
  await setPrice("disk", { service: "storage", unit: "gb-month", amount: "0.07" });
});
afterAll(() => api.close());

beforeEach(async () => {
  account = await newAccount();
});

async function newAccount(more: Record<string, unknown> = {}): Promise<string> {
  accounts += 1;
  const externalId = `cust_${accounts}`;
  await api.make("/api/v1/accounts", { externalId, opening: { paid: "5000000" }, ...more });
  return externalId;
}

const setPrice = (sku: string, price: Record<string, unknown>) =>
  api.make(`/api/v1/prices/${sku}`, { effectiveFrom: "2025-01-01T00:00:00.000Z", ...price });

const fromNow = (ms: number) => new Date(api.clock.now.getTime() + ms).toISOString();
const metered = (data: Record<string, unknown>, time?: string) =>
  usageEvent({ subject: account, data, ...(time === undefined ? {} : { time }) });

/** Refused for `reason`, the detail naming `field`; and nothing of it is remembered. */
async function expectRefused(event: ReturnType<typeof usageEvent>, reason: string, field = "") {
  const answer = await api.send([event]);
  expect(answer).toEqual({
    status: 422,
    accepted: 0,
    duplicates: 0,
    quarantined: 0,
    rejected: [{ index: 0, id: event.id, reason, detail: expect.stringContaining(field) }],
  });
  expect(await api.owner`select 1 from event_keys where source = ${event.source} and id = ${event.id}`).toEqual([]);
}

const expectAccepted = async (event: ReturnType<typeof usageEvent>) =>
  expect(await api.send([event])).toMatchObject({ status: 200, accepted: 1 });

describe("usage is refused", () => {
  test("unknown_sku: without a price in force at its time, until there is one", async () => {
    const event = metered({ sku: "h200", durationMs: 1_000 }, "2026-11-21T08:00:00.000Z");
    await expectRefused(event, "unknown_sku", "h200");
    await setPrice("h200", { service: "pod", unit: "hour", amount: "4", effectiveFrom: "2026-11-21T08:00:00.001Z" });
    await expectRefused(event, "unknown_sku", "h200");
    await expectAccepted({ ...event, time: "2026-11-21T08:00:00.001Z" });
  });

  test("too_long: over 366 days", async () => {
    const event = metered({ sku: "disk", durationMs: 366 * DAY_MS + 1 });
    await expectRefused(event, "too_long", "data.durationMs");
    await expectRefused({ ...event, data: { sku: "disk", durationMs: "9".repeat(40) } }, "too_long", "data.durationMs");
    await expectAccepted({ ...event, data: { sku: "disk", durationMs: 366 * DAY_MS } });
  });

  test("too_large: over $1,000,000, sent or computed", async () => {
    const sent = charge(account, "1000000.000000001");
    await expectRefused(sent, "too_large", "data.amount");
    await expectRefused({ ...sent, data: { ...sent.data, amount: "99999999999" } }, "too_large", "data.amount");
    await expectAccepted({ ...sent, data: { ...sent.data, amount: "1000000" } });
    const computed = metered({ sku: "a100", durationMs: HOUR_MS, quantity: "500000.001" });
    await expectRefused(computed, "too_large", "charge");
    await expectAccepted({ ...computed, data: { ...computed.data, quantity: 500_000 } });
    await expectRefused(
      metered({ sku: "a100", durationMs: 366 * DAY_MS, quantity: "999999999999999.999" }),
      "too_large",
    );
  });

  test("too_early: more than 400 days back, unless the account was there already", async () => {
    const edge = charge(account, "1");
    await expectRefused({ ...edge, time: fromNow(-400 * DAY_MS - 1) }, "too_early", "time");
    await expectAccepted({ ...edge, time: fromNow(-400 * DAY_MS) });
    account = await newAccount({ signedUpAt: "2024-03-01T00:00:00.000Z" });
    const old = charge(account, "1");
    await expectRefused({ ...old, time: "2024-02-29T23:59:59.999Z" }, "too_early", "time");
    await expectAccepted({ ...old, time: "2024-03-01T00:00:00.000Z" });
  });

  test("in_future: more than an hour ahead", async () => {
    const event = charge(account, "1");
    await expectRefused({ ...event, time: fromNow(HOUR_MS + 1) }, "in_future", "time");
    await expectAccepted({ ...event, time: fromNow(HOUR_MS) });
  });

  test("account_closed: once the account is closed, but what came before stays a duplicate", async () => {
    const before = charge(account, "1");
    await expectAccepted(before);
    await api.owner`
      update wallets set closed = true where account_id = (select id from accounts where external_id = ${account})`;
    await expectRefused(charge(account, "1"), "account_closed", "subject");
    expect(await api.send([before])).toMatchObject({ status: 200, duplicates: 1 });
  });

  test("invalid: where its service contradicts the rate card", async () => {
    await expectRefused(metered({ sku: "a100", durationMs: 1, service: "storage" }), "invalid", "data.service");
    await expectRefused(metered({ sku: "a100", amount: "1", service: "serverless" }), "invalid", "data.service");
    await expectAccepted(metered({ sku: "a100", durationMs: 1, service: "pod" }));
  });

  test.each<[string, Record<string, unknown>]>([
    ["specversion", { specversion: "1.1" }],
    ["type", { type: "usage.refund" }],
    ["source", { source: "" }],
    ["id", { id: "tab\tinside" }],
    ["subject", { subject: "no spaces" }],
    ["time", { time: "2026-11-21T10:00:00" }],
    ["time", { time: "2026-02-29T10:00:00Z" }],
    ["data", { data: null }],
    ["data.sku", { data: { durationMs: 1 } }],
    ["data.durationMs", { data: { sku: "a100" } }],
    ["data.durationMs", { data: { sku: "a100", durationMs: -1 } }],
    ["data.durationMs", { data: { sku: "a100", durationMs: "1e3" } }],
    ["data.quantity", { data: { sku: "a100", durationMs: 1, quantity: "1.0001" } }],
    ["data.quantity", { data: { sku: "a100", durationMs: 1, quantity: 1e-7 } }],
    ["data.amount", { data: { service: "pod", amount: 1 } }],
    ["data.amount", { data: { service: "pod", amount: "0.0000000001" } }],
    ["data.service", { data: { amount: "1" } }],
    ["data.service", { data: { amount: "1", sku: "a label" } }],
    ["data.service", { data: { amount: "1", service: "gpu" } }],
    ["data.template", { data: { amount: "1", service: "pod", template: "x".repeat(257) } }],
  ])("invalid: naming %s in %j", async (field, change) => {
    const answer = await api.send([{ ...charge(account, "1"), ...change }]);
    expect(answer).toMatchObject({ status: 422, rejected: [{ index: 0, reason: "invalid" }] });
    expect(answer.rejected[0]?.detail.split(" ")[0]).toBe(field);
  });
});

describe("usage is taken", () => {
  test("when it costs nothing: runtime counts, nothing is posted", async () => {
    await api.make("/api/v1/templates", { externalId: "tpl_free", creator: account, name: "Free" });
    const runner = await newAccount();
    const on = { template: "tpl_free" };
    await api.send([
      usageEvent({ subject: runner, data: { sku: "a100", durationMs: 0, ...on } }),
      usageEvent({ subject: runner, data: { sku: "free", durationMs: HOUR_MS, ...on } }),
      usageEvent({ subject: runner, data: { service: "pod", amount: "0", durationMs: 5, ...on } }),
      usageEvent({ subject: runner, data: { sku: "disk", durationMs: 1, quantity: "0.001" } }),
      usageEvent({ subject: runner, data: { sku: "a100", durationMs: HOUR_MS, quantity: 0, ...on } }),
    ]);
    expect(await api.template("tpl_free")).toMatchObject({ runtimeMs: 2 * HOUR_MS + 5, users: 1, spend: "0" });
    const { lifetime } = await api.account(runner);
    expect([lifetime.charged, lifetime.paidSpend]).toEqual(["0", "0"]);
    const { body } = await api.call("GET", `/api/v1/accounts/${runner}/entries`);
    expect(body).toMatchObject({ data: [{ kind: "opening" }, { kind: "opening" }], next: null });
  });

  test("with the platform's own price: it wins over the rate card, and an unknown sku is a label", async () => {
    await expectAccepted(metered({ sku: "a100", durationMs: HOUR_MS, amount: "1.23" }));
    await expectAccepted(metered({ sku: "some label", amount: "1", service: "serverless" }));
    expect((await api.account(account)).lifetime.byService).toEqual({ pod: "1.23", serverless: "1", storage: "0" });
  });

  test("priced by what is in force at its time, rounded once, half up", async () => {
    await setPrice("l4", { service: "serverless", unit: "second", amount: "0.000000001" });
    const halves = [499, 500, 1_499, 1_500].map((durationMs) => metered({ sku: "l4", durationMs }));
    await api.send(halves);
    expect((await api.account(account)).lifetime.charged).toBe("0.000000004");
    await api.make("/api/v1/prices/l4", {
      service: "serverless",
      unit: "second",
      amount: "1",
      effectiveFrom: "2026-11-21T12:30:00.000Z",
    });
    await api.send([
      metered({ sku: "l4", durationMs: 1_000 }, "2026-11-21T12:29:59.999Z"),
      metered({ sku: "l4", durationMs: 1_000 }, "2026-11-21T12:30:00.000Z"),
    ]);
    expect((await api.account(account)).lifetime.charged).toBe("1.000000005");
  });

  test("late, and lands on the day its interval ended", async () => {
    const times = ["2026-11-21T00:00:00.000Z", "2026-11-20T23:59:59.999Z", "2026-08-03T12:00:00+14:00"];
    await api.send(times.map((time) => metered({ service: "pod", amount: "1" }, time)));
    await api.send([metered({ service: "storage", amount: "0.5" }, "2026-11-20T01:00:00.000Z")]);
    const days = await api.owner`
      select day::text, events, charged_pod::text as pod, charged_storage::text as storage from account_days
       where account_id = (select id from accounts where external_id = ${account}) order by day`;
    expect(days).toEqual([
      { day: "2026-08-02", events: 1, pod: "1000000000", storage: "0" },
      { day: "2026-11-20", events: 2, pod: "1000000000", storage: "500000000" },
      { day: "2026-11-21", events: 1, pod: "1000000000", storage: "0" },
    ]);
  });
});

test("a key whose event was refused earlier in the request belongs to the good one, and each gets its own reason", async () => {
  const good = charge(account, "1");
  const bad = { ...good, data: { sku: "no_such_sku", durationMs: 1 } };
  const answer = await api.send([bad, good, good]);
  expect(answer).toMatchObject({ accepted: 1, duplicates: 1, rejected: [{ index: 0, reason: "unknown_sku" }] });
});
