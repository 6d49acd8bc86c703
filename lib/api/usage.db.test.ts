import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ApiHarness, apiHarness } from "@/lib/testing/api-harness";
import { charge, usageEvent } from "@/lib/testing/usage-events";

let api: ApiHarness;
let accounts = 0;

beforeAll(async () => {
  api = await apiHarness();
  const price = { service: "pod", unit: "hour", amount: "0.34", effectiveFrom: "2025-01-01T00:00:00.000Z" };
  await api.make("/api/v1/prices/rtx4090", price);
});
afterAll(() => api.close());

async function newAccount(paid = "1000"): Promise<string> {
  accounts += 1;
  const externalId = `cust_${accounts}`;
  await api.make("/api/v1/accounts", { externalId, opening: { paid } });
  return externalId;
}

const charged = async (account: string) => (await api.account(account)).lifetime.charged;
const counts = (accepted: number, duplicates = 0) => ({ accepted, duplicates, quarantined: 0, rejected: [] });
const conflict = (index: number, id: string) => ({
  index,
  id,
  reason: "conflict",
  detail: expect.stringContaining(id),
});

describe("an event counts once", () => {
  test("however often it stands in one request", async () => {
    const account = await newAccount();
    const event = charge(account, "1.5");
    expect(await api.send([event, event, charge(account, "2"), event])).toEqual({ status: 200, ...counts(2, 2) });
    expect(await charged(account)).toBe("3.5");
  });

  test("however often the request comes, whole or mixed with new events", async () => {
    const account = await newAccount();
    const [a, b, c] = [charge(account, "1"), charge(account, "2"), charge(account, "4")];
    expect(await api.send([a, b])).toEqual({ status: 200, ...counts(2) });
    expect(await api.send([a, b])).toEqual({ status: 200, ...counts(0, 2) });
    expect(await api.send([b, c, a])).toEqual({ status: 200, ...counts(1, 2) });
    expect(await api.send([a, b, c], "?atomic=true")).toEqual({ status: 200, ...counts(0, 3) });
    expect(await charged(account)).toBe("7");
  });

  test("however many processes take it at the same time, in whatever order", async () => {
    const subjects = await Promise.all([newAccount(), newAccount(), newAccount(), newAccount()]);
    const events = subjects.flatMap((account) => Array.from({ length: 25 }, () => charge(account, "0.01")));
    const processes = [api, api.another(), api.another()];
    const requests = Array.from({ length: 15 }, (_, index) => {
      const turned = [...events.slice(index * 7), ...events.slice(0, index * 7)];
      return index % 2 === 0 ? turned : turned.reverse();
    });
    const sent = await Promise.all(
      requests.map((request, index) =>
        (processes[index % 3] ?? api).send(request, index % 5 === 0 ? "?atomic=true" : ""),
      ),
    );
    expect(sent.map(({ status }) => status)).toEqual(sent.map(() => 200));
    expect(sent.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(100);
    expect(sent.reduce((sum, { duplicates }) => sum + duplicates, 0)).toBe(1_400);
    expect(await Promise.all(subjects.map(charged))).toEqual(["0.25", "0.25", "0.25", "0.25"]);
  });

  test("in whatever words the same content is sent", async () => {
    const account = await newAccount();
    const data = { sku: "rtx4090", durationMs: 60_000 };
    const event = usageEvent({ subject: account, time: "2026-11-21T10:00:00.123Z", data });
    const again = [
      { ...event, time: "2026-11-21T12:00:00.123999+02:00" },
      { ...event, datacontenttype: "application/json", traceparent: "00-1" },
      { ...event, data: { ...data, quantity: 1, service: null, template: null, amount: null } },
      { ...event, data: { ...data, quantity: "1.000", durationMs: "60000", note: "unknown attributes are ignored" } },
    ];
    expect(await api.send([event, ...again])).toEqual({ status: 200, ...counts(1, 4) });
  });
});

describe("a key with other content", () => {
  test("is a conflict, and the first content stands", async () => {
    const account = await newAccount();
    const event = usageEvent({ subject: account, id: "once", data: { sku: "rtx4090", durationMs: 3_600_000 } });
    await api.send([event]);
    const others = [
      { ...event, time: "2026-11-21T11:58:00.000Z" },
      { ...event, data: { ...event.data, durationMs: 3_600_001 } },
      { ...event, data: { ...event.data, quantity: 2 } },
      { ...event, data: { ...event.data, resource: "pod_1" } },
      { ...event, data: { ...event.data, template: "tpl_1" } },
      { ...event, data: { ...event.data, amount: "0.34" } },
      { ...event, data: { service: "storage", amount: "0.34" } },
    ];
    expect(await api.send([...others, event])).toEqual({
      status: 200,
      accepted: 0,
      duplicates: 1,
      quarantined: 0,
      rejected: others.map((_, index) => conflict(index, "once")),
    });
    expect(await api.send(others)).toMatchObject({ status: 422, accepted: 0 });
    expect(await charged(account)).toBe("0.34");
  });

  test("is a conflict for another account too, known or not, and leaves that account alone", async () => {
    const [first, second] = [await newAccount(), await newAccount()];
    const event = charge(first, "3");
    await api.send([event]);
    for (const subject of [second, "nobody_yet"]) {
      const answer = await api.send([{ ...event, subject }]);
      expect(answer).toMatchObject({ status: 422, rejected: [conflict(0, event.id)] });
    }
    expect([await charged(first), await charged(second)]).toEqual(["3", "0"]);
  });

  test("in one request counts the first and names the others, also across accounts", async () => {
    const [first, second] = [await newAccount(), await newAccount()];
    const event = charge(first, "3");
    const answer = await api.send([event, { ...event, data: { ...event.data, amount: "4" } }, event]);
    expect(answer).toMatchObject({ accepted: 1, duplicates: 1, rejected: [conflict(1, event.id)] });
    const shared = charge(first, "5");
    const raced = await api.send([shared, { ...shared, subject: second }]);
    expect(raced).toMatchObject({ status: 200, accepted: 1, rejected: [{ reason: "conflict", id: shared.id }] });
    const total = Number(await charged(first)) + Number(await charged(second));
    expect(total).toBe(8);
  });

  test("is no conflict when source or id differ, whatever they hold", async () => {
    const account = await newAccount();
    const event = charge(account, "1");
    const keys = [
      { source: "a", id: "b/c" },
      { source: "a/b", id: "c" },
      { source: 'quote"', id: "back\\slash" },
      { source: "{a,NULL}", id: "NULL" },
      { source: "Größe", id: "🙂" },
      { source: "__proto__", id: "constructor" },
    ];
    const events = keys.map((key) => ({ ...event, ...key }));
    expect(await api.send([...events, ...events])).toEqual({ status: 200, ...counts(6, 6) });
    expect(await charged(account)).toBe("6");
  });
});
