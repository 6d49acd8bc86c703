import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ApiHarness, type ApiProcess, apiHarness } from "@/lib/testing/api-harness";
import { charge } from "@/lib/testing/usage-events";

let api: ApiHarness;
let others: ApiProcess[];

const rounds = process.env.FULL ? 100 : 15;

beforeAll(async () => {
  api = await apiHarness();
  others = [api.another(), api.another()];
});
afterAll(() => api.close());

const open = (externalId: string, more: Record<string, unknown> = {}) =>
  api.make("/api/v1/accounts", { externalId, ...more });

const charged = async (account: string) => (await api.account(account)).lifetime.charged;

const waiting = (subject: string) =>
  api.owner<{ id: string; reason: string }[]>`
    select id, reason from quarantine where subject = ${subject} order by position`.then((rows) => [...rows]);

describe("usage of an unknown subject", () => {
  test("is quarantined, listed with age and reason, and its key is taken meanwhile", async () => {
    const event = charge("later_1", "1");
    const answer = await api.send([event, event, { ...event, data: { ...event.data, amount: "2" } }]);
    expect(answer).toMatchObject({ status: 200, accepted: 0, quarantined: 1, duplicates: 1 });
    expect(answer.rejected).toMatchObject([{ index: 2, reason: "conflict" }]);
    expect(await api.send([event])).toMatchObject({ status: 200, quarantined: 0, duplicates: 1 });
    expect(await api.send([{ ...event, subject: "later_2" }])).toMatchObject({ rejected: [{ reason: "conflict" }] });
    const start = api.clock.now;
    api.clock.now = new Date(start.getTime() + 90_500);
    const { body } = await api.call("GET", "/api/v1/quarantine", { key: api.keys.read });
    api.clock.now = start;
    expect(body).toMatchObject({
      data: [{ source: event.source, id: event.id, subject: "later_1", reason: "unknown_subject", ageSeconds: 90 }],
      next: null,
    });
  });

  test("is judged at once by what needs no account", async () => {
    const event = charge("later_bad", "1");
    const bad = [
      { ...event, data: { sku: "no_such_sku", durationMs: 1 } },
      { ...event, time: "2026-11-21T13:00:00.001Z" },
      { ...event, data: { service: "pod", amount: "1000000.1" } },
      { ...event, data: { sku: "no_such_sku", durationMs: 40_000_000_000 } },
    ];
    const answer = await api.send(bad);
    expect([answer.status, answer.quarantined]).toEqual([422, 0]);
    expect(answer.rejected.map(({ reason }) => reason)).toEqual(["unknown_sku", "in_future", "too_large", "too_long"]);
    expect(await waiting("later_bad")).toEqual([]);
    expect(await api.send([event])).toMatchObject({ status: 200, quarantined: 1 });
  });

  test("is applied in the order it came when the account appears, and stays a duplicate or a conflict", async () => {
    const events = ["1", "2", "4", "8"].map((amount) => charge("order", amount, { resource: amount }));
    await api.send(events.slice(0, 2));
    await api.send([...events].reverse());
    await open("order", { opening: { promo: "4", paid: "100" } });
    const posted = await api.owner`
      select resource, promo::text, paid::text from usage_events e join accounts a on a.id = e.account_id
       where a.external_id = 'order' order by e.seq`;
    expect([...posted]).toEqual([
      { resource: "1", promo: "1000000000", paid: "0" },
      { resource: "2", promo: "2000000000", paid: "0" },
      { resource: "8", promo: "1000000000", paid: "7000000000" },
      { resource: "4", promo: "0", paid: "4000000000" },
    ]);
    expect(await waiting("order")).toEqual([]);
    expect((await api.account("order")).lifetime).toMatchObject({ charged: "15", paidSpend: "11" });
    expect(await api.send(events)).toMatchObject({ status: 200, accepted: 0, duplicates: 4 });
    const [event] = events;
    const changed = { ...charge("order", "3"), id: event?.id ?? "" };
    expect(await api.send([changed])).toMatchObject({ status: 422, rejected: [{ reason: "conflict" }] });
  });

  test("in thousands is applied whole", async () => {
    const events = Array.from({ length: 2_345 }, () => charge("thousands", "0.01"));
    await api.send(events);
    await open("thousands");
    expect(await charged("thousands")).toBe("23.45");
    expect(await waiting("thousands")).toEqual([]);
  });

  test("stays, with the reason, where the account's own dates refuse it", async () => {
    const [old, fresh] = [charge("dates", "1"), charge("dates", "2")];
    await api.send([{ ...old, time: "2025-01-01T00:00:00.000Z" }, fresh]);
    await open("dates");
    expect(await charged("dates")).toBe("2");
    expect(await waiting("dates")).toEqual([{ id: old.id, reason: expect.stringMatching(/^too_early: /) }]);
    await api.sweep();
    expect(await charged("dates")).toBe("2");
  });

  test.each(["", "?atomic=true"])("is applied though its account was made while it was put aside%s", async (query) => {
    const event = charge(`between_${query.length}`, "1");
    const { sent } = await api.owner.begin(async (tx) => {
      await tx`lock table quarantine in share mode`;
      const sending = api.send([event], query);
      const until = Date.now() + 10_000;
      const isHeldUp = async () =>
        (await tx`select 1 from pg_locks where relation = 'quarantine'::regclass and not granted`).length > 0;
      while (!(await isHeldUp())) if (Date.now() > until) throw new Error("The request never came to the quarantine");
      await open(event.subject);
      return { sent: sending };
    });
    expect(await sent).toMatchObject({ status: 200, quarantined: 1 });
    expect(await waiting(event.subject)).toEqual([]);
    expect(await charged(event.subject)).toBe("1");
  });

  test.each(["", "?atomic=true"])(
    "meets the account being made at the same time: all of it counts%s",
    async (query) => {
      for (let round = 0; round < rounds; round += 1) {
        const subject = `race_${query.length}_${round}`;
        const events = Array.from({ length: 6 }, () => charge(subject, "1"));
        const process = others[round % 2] ?? api;
        const [, ...sent] = await Promise.all([
          api.call("POST", "/api/v1/accounts", { body: { externalId: subject } }),
          api.send(events.slice(0, 2), query),
          process.send(events.slice(1, 4), query),
          process.send(events.slice(3), query),
        ]);
        expect(sent.reduce((sum, { accepted, quarantined }) => sum + accepted + quarantined, 0)).toBe(6);
        expect(await waiting(subject)).toEqual([]);
        expect(await charged(subject)).toBe("6");
      }
    },
  );
});
