import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { nanos } from "@/lib/money/nanos";
import { resolveNames } from "@/lib/services/accounts/resolve-names";
import { setSpendLimits } from "@/lib/services/authorizations/set-spend-limits";
import { type ApiHarness, apiHarness } from "@/lib/testing/api-harness";
import { charge } from "@/lib/testing/usage-events";

let api: ApiHarness;

beforeAll(async () => {
  api = await apiHarness();
  const price = { service: "pod", unit: "hour", amount: "0.34", effectiveFrom: "2026-01-01T00:00:00Z" };
  await api.make("/api/v1/prices/rtx4090", price);
  await api.make("/api/v1/prices/flex", { ...price, service: "serverless", unit: "second", amount: "0.00011" });
  await api.make("/api/v1/prices/disk", { ...price, service: "storage", unit: "gb-month", amount: "0.07" });
});
afterAll(() => api.close());

const path = "/api/v1/authorizations";
const ask = (body: Record<string, unknown>) => api.call("POST", path, { body, key: api.keys.ingest });
const change = (reference: string, body: Record<string, unknown>) =>
  api.call("PATCH", `${path}/${reference}`, { body, key: api.keys.ingest });
const close = (reference: string) => api.call("DELETE", `${path}/${reference}`, { key: api.keys.ingest });

/** An account somebody paid into. */
async function paidInto(externalId: string, amount: string): Promise<string> {
  await api.make("/api/v1/accounts", { externalId });
  await api.make(`/api/v1/accounts/${externalId}/deposits`, { reference: externalId, amount, method: "card" });
  return externalId;
}

const wallet = async (id: string) => {
  const { reserved, available } = (await api.account(id)).wallet;
  return { reserved, available };
};

const denied = (reason: string, missing: string | null = null) => ({
  status: 402,
  type: "application/problem+json",
  body: { status: 402, title: expect.any(String), detail: expect.stringMatching(/.{40}/), reason, missing },
});

describe("work that is authorized", () => {
  test("has one hour of it reserved until it is closed, and then nothing", async () => {
    const account = await paidInto("hour", "10");
    const asked = { account, reference: "hour.1", sku: "rtx4090", quantity: 2 };
    expect(await ask(asked)).toMatchObject({
      status: 201,
      body: { reference: "hour.1", account, state: "open", quantity: "2", reserved: "0.68", expiresAt: null },
    });
    expect(await wallet(account)).toEqual({ reserved: "0.68", available: "9.32" });
    expect(await close("hour.1")).toMatchObject({ status: 200, body: { state: "closed", reserved: "0" } });
    expect(await close("hour.1")).toMatchObject({ status: 200, body: { state: "closed", reserved: "0" } });
    expect(await wallet(account)).toEqual({ reserved: "0", available: "10" });
  });

  test.each([
    [{ sku: "rtx4090" }, "0.34"],
    [{ sku: "flex", quantity: "1.5" }, "0.594"],
    [{ sku: "disk", quantity: 1_000 }, "0.097222222"],
    [{ hourly: "1.25" }, "1.25"],
    [{ hourly: "0.5", quantity: "4" }, "2"],
    [{ hourly: "0" }, "0"],
  ])("reserves what an hour of %j would be charged", async (work, reserved) => {
    const account = "priced";
    if ((await api.call("GET", `/api/v1/accounts/${account}`)).status === 404) await paidInto(account, "100");
    const reference = `priced.${reserved}`;
    expect(await ask({ account, reference, ...work })).toMatchObject({ status: 201, body: { reserved } });
    await close(reference);
  });

  test("is authorized once: the same again answers what became of it, other content is refused", async () => {
    const account = await paidInto("once", "10");
    const other = await paidInto("once-other", "10");
    const asked = { account, reference: "once.1", hourly: "4", expiresAt: "2026-11-21T14:00:00Z" };
    const first = await ask(asked);
    expect(first.status).toBe(201);
    expect(await ask(asked)).toEqual({ ...first, status: 200 });
    expect(await wallet(account)).toEqual({ reserved: "4", available: "6" });
    for (const changed of [{ hourly: "5" }, { quantity: 2 }, { account: other }, { expiresAt: null }]) {
      expect((await ask({ ...asked, ...changed })).status).toBe(409);
    }
    await close("once.1");
    expect(await ask(asked)).toMatchObject({ status: 200, body: { state: "closed", reserved: "0" } });
    expect(await wallet(account)).toEqual({ reserved: "0", available: "10" });
  });

  test("ends when its time is over: at the next look at the account, or by the sweep", async () => {
    const account = await paidInto("ends", "10");
    const expiresAt = "2026-11-21T13:00:00.000Z";
    await ask({ account, reference: "ends.1", hourly: "6", expiresAt });
    await ask({ account, reference: "ends.2", hourly: "4" });
    expect(await ask({ account, reference: "ends.3", hourly: "6" })).toMatchObject(denied("insufficient_balance", "6"));
    const noon = api.clock.now;
    api.clock.now = new Date(expiresAt);
    try {
      const asked = { account, reference: "ends.3", hourly: "6", expiresAt: "2026-11-21T13:30:00.000Z" };
      expect((await ask(asked)).status).toBe(201);
      expect(await change("ends.1", { quantity: 1 })).toMatchObject({ status: 409 });
      expect(await close("ends.1")).toMatchObject({ status: 200, body: { state: "expired", endedAt: expiresAt } });
      api.clock.now = new Date("2026-11-21T13:30:00.000Z");
      await api.sweep();
      expect(await wallet(account)).toEqual({ reserved: "4", available: "6" });
    } finally {
      api.clock.now = noon;
    }
  });

  test("goes on when usage drains the balance below what is reserved; nothing new starts until that is paid", async () => {
    const account = await paidInto("drained", "10");
    await ask({ account, reference: "drained.1", hourly: "8", expiresAt: "2026-11-21T14:00:00Z" });
    await api.send([charge(account, "9")]);
    expect(await wallet(account)).toEqual({ reserved: "8", available: "0" });
    expect(await ask({ account, reference: "drained.2", hourly: "1" })).toMatchObject(
      denied("insufficient_balance", "8"),
    );
    const longer = { expiresAt: "2026-11-21T15:00:00Z" };
    expect(await change("drained.1", longer)).toMatchObject(denied("insufficient_balance", "7"));
    await api.send([charge(account, "2.5")]);
    expect(await wallet(account)).toEqual({ reserved: "8", available: "0" });
    const deposit = { reference: "drained.more", amount: "9.5", method: "card" };
    await api.make(`/api/v1/accounts/${account}/deposits`, deposit);
    expect(await change("drained.1", longer)).toMatchObject({ status: 200, body: { reserved: "8" } });
    expect(await close("drained.1")).toMatchObject({ status: 200 });
    expect(await wallet(account)).toEqual({ reserved: "0", available: "8" });
  });
});

describe("a change", () => {
  test("asks for more or less of it, and leaves it as it was when there is not enough", async () => {
    const account = await paidInto("more", "10");
    await ask({ account, reference: "more.1", hourly: "2", expiresAt: "2026-11-21T14:00:00Z" });
    expect(await change("more.1", { quantity: 3 })).toMatchObject({ status: 200, body: { reserved: "6" } });
    expect(await change("more.1", { quantity: 6 })).toMatchObject(denied("insufficient_balance", "2"));
    expect(await wallet(account)).toEqual({ reserved: "6", available: "4" });
    expect(await change("more.1", { hourly: "1", expiresAt: "2026-11-22T12:00:00+00:00" })).toMatchObject({
      status: 200,
      body: { reserved: "3", hourly: "1", quantity: "3", expiresAt: "2026-11-22T12:00:00.000Z" },
    });
    expect(await wallet(account)).toEqual({ reserved: "3", available: "7" });
  });

  test("that extends is priced anew; less, or a shorter time, is always granted", async () => {
    const account = await paidInto("anew", "10");
    await api.make("/api/v1/prices/rising", { service: "pod", unit: "hour", amount: "1" });
    await ask({ account, reference: "anew.1", sku: "rising", quantity: 4, expiresAt: "2026-11-21T14:00:00Z" });
    await api.make("/api/v1/prices/rising", {
      service: "pod",
      unit: "hour",
      amount: "2",
      effectiveFrom: "2026-11-21T12:00:01Z",
    });
    const noon = api.clock.now;
    api.clock.now = new Date("2026-11-21T12:00:01Z");
    try {
      expect(await change("anew.1", { expiresAt: "2026-11-21T13:00:00Z" })).toMatchObject({
        status: 200,
        body: { reserved: "4" },
      });
      expect(await change("anew.1", { expiresAt: "2026-11-21T15:00:00Z" })).toMatchObject({
        status: 200,
        body: { reserved: "8" },
      });
      await api.send([charge(account, "10")]);
      expect(await change("anew.1", { quantity: 1 })).toMatchObject({ status: 200, body: { reserved: "2" } });
    } finally {
      api.clock.now = noon;
    }
  });
});

describe("work is not authorized", () => {
  test("without money that stands: bonuses alone, or deposits all taken back, are not enough", async () => {
    await api.make("/api/v1/accounts", { externalId: "gifted", opening: { promo: "50", earned: "5" } });
    const asked = { account: "gifted", reference: "gifted.1", sku: "rtx4090" };
    expect(await ask(asked)).toMatchObject(denied("no_payment_method"));
    await api.make("/api/v1/accounts/gifted/deposits", { reference: "gifted", amount: "5", method: "card" });
    expect((await ask(asked)).status).toBe(201);
    const reversal = (reference: string, more: Record<string, unknown>) =>
      api.make("/api/v1/deposits/gifted/reversals", { reference, reason: "chargeback", ...more });
    await reversal("gifted.a", { amount: "2" });
    expect((await ask({ ...asked, reference: "gifted.2" })).status).toBe(201);
    await reversal("gifted.b", {});
    expect(await ask({ ...asked, reference: "gifted.3" })).toMatchObject(denied("no_payment_method"));
    await reversal("gifted.c", { reason: "dispute_won" });
    expect((await ask({ ...asked, reference: "gifted.3" })).status).toBe(201);
    await api.make("/api/v1/accounts", { externalId: "brought", opening: { paid: "5" } });
    expect((await ask({ ...asked, account: "brought", reference: "brought.1" })).status).toBe(201);
  });

  test("when an hour of it is not covered, by the last nano-dollar; what is missing is what must be paid in", async () => {
    const account = await paidInto("short", "2");
    const asked = { account, reference: "short.1", hourly: "2.000000001" };
    expect(await ask(asked)).toMatchObject(denied("insufficient_balance", "0.000000001"));
    await api.send([charge(account, "5")]);
    expect(await ask(asked)).toMatchObject(denied("insufficient_balance", "5.000000001"));
    await api.make(`/api/v1/accounts/${account}/deposits`, {
      reference: "short.more",
      amount: "5.000000001",
      method: "card",
    });
    expect((await ask(asked)).status).toBe(201);
    expect(await wallet(account)).toEqual({ reserved: "2.000000001", available: "0" });
  });

  test("while its account is held", async () => {
    const account = await paidInto("held", "10");
    await ask({ account, reference: "held.1", hourly: "1", expiresAt: "2026-11-21T14:00:00Z" });
    await api.owner`update accounts set status = 'held' where external_id = ${account}`;
    expect(await ask({ account, reference: "held.2", hourly: "1" })).toMatchObject(denied("account_held"));
    expect(await change("held.1", { expiresAt: "2026-11-21T15:00:00Z" })).toMatchObject(denied("account_held"));
    expect((await close("held.1")).status).toBe(200);
  });

  test("beyond what its owner wants to spend in a day or a month; what runs goes on", async () => {
    const account = await paidInto("capped", "1000");
    const ref = (await resolveNames(api.db, [account])).get(account);
    if (!ref) throw new Error("the account is gone");
    const limit = (dayMax: number | null, monthMax: number | null) => {
      const dollars = (amount: number | null) => (amount === null ? null : nanos(BigInt(amount) * 1_000_000_000n));
      const limits = { dayMax: dollars(dayMax), monthMax: dollars(monthMax) };
      return setSpendLimits({ db: api.db, clock: () => api.clock.now }, { account: ref, ...limits });
    };
    await api.send([charge(account, "30"), { ...charge(account, "60"), time: "2026-11-02T10:00:00Z" }]);
    await api.send([{ ...charge(account, "500"), time: "2026-10-31T23:00:00Z" }]);
    await limit(40, null);
    expect((await ask({ account, reference: "capped.1", hourly: "6", expiresAt: "2026-11-21T14:00:00Z" })).status).toBe(
      201,
    );
    expect(await ask({ account, reference: "capped.2", hourly: "4.01" })).toMatchObject(denied("spend_cap"));
    expect((await ask({ account, reference: "capped.2", hourly: "4" })).status).toBe(201);
    expect(await change("capped.1", { quantity: 2 })).toMatchObject(denied("spend_cap"));
    expect((await change("capped.1", { expiresAt: "2026-11-21T15:00:00Z" })).status).toBe(200);
    await limit(null, 101);
    expect(await ask({ account, reference: "capped.3", hourly: "1.01" })).toMatchObject(denied("spend_cap"));
    expect((await ask({ account, reference: "capped.3", hourly: "1" })).status).toBe(201);
    await limit(null, null);
    expect((await ask({ account, reference: "capped.4", hourly: "100" })).status).toBe(201);
    expect(await limit(20, 10)).toMatchObject({ ok: false, problem: { code: "invalid", path: "dayMax" } });
  });
});

describe("a request that makes no sense", () => {
  const good = { account: "sense", reference: "sense.1", hourly: "1" };
  beforeAll(() => paidInto("sense", "100"));

  test.each([
    ["account", { account: "nobody" }],
    ["account", { account: "" }],
    ["reference", { reference: "a b" }],
    ["sku", { hourly: null }],
    ["sku", { sku: "rtx4090" }],
    ["sku", { hourly: null, sku: "unheard-of" }],
    ["hourly", { hourly: "-1" }],
    ["hourly", { hourly: 1 }],
    ["hourly", { hourly: "1000000.01" }],
    ["quantity", { quantity: "1.2345" }],
    ["quantity", { quantity: -1 }],
    ["quantity", { hourly: null, sku: "rtx4090", quantity: "999999999999999" }],
    ["expiresAt", { expiresAt: "2026-11-21T12:00:00Z" }],
    ["expiresAt", { expiresAt: "2027-11-23T12:00:00Z" }],
    ["expiresAt", { expiresAt: "soon" }],
    ["more", { more: 1 }],
  ])("is refused at %s: %j", async (at, wrong) => {
    const errors = expect.arrayContaining([{ path: at, message: expect.any(String) }]);
    expect(await ask({ ...good, ...wrong })).toMatchObject({ status: 422, body: { errors } });
  });

  test("names no work that exists, or changes nothing, or changes what the rate card says", async () => {
    for (const reference of ["nothing", "%00", "x".repeat(129)]) {
      expect((await change(reference, { quantity: 1 })).status).toBe(404);
      expect((await close(reference)).status).toBe(404);
    }
    await ask({ account: "sense", reference: "sense.sku", sku: "rtx4090" });
    expect((await change("sense.sku", {})).status).toBe(422);
    expect((await change("sense.sku", { hourly: "1" })).status).toBe(422);
    expect((await change("sense.sku", { expiresAt: "2026-11-21T11:00:00Z" })).status).toBe(422);
  });
});

test("what was authorized is kept: no process may delete it, edit what was asked, or open it again", async () => {
  const account = await paidInto("kept", "10");
  await ask({ account, reference: "kept.1", hourly: "1" });
  await close("kept.1");
  await expect(api.db.$client`delete from authorizations`).rejects.toThrow(/permission denied/);
  await expect(
    api.owner`update authorizations set state = 'open', ended_at = null where reference = 'kept.1'`,
  ).rejects.toThrow(/stays fixed/);
});
