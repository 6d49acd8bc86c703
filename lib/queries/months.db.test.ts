import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { db } from "@/db/client";
import { endWithNotices } from "@/lib/live/notify";
import { type ApiHarness, apiHarness } from "@/lib/testing/api-harness";
import { charge, voidOf } from "@/lib/testing/usage-events";
import { heldAt } from "./held-at";
import { type MonthStatement, monthStatement, monthsOf } from "./months";
import { dollars } from "./testing/books";
import { walletOf } from "./wallet";

vi.mock("server-only", () => ({}));
vi.mock("next/server", () => ({ connection: async () => {} }));

const DAY_MS = 86_400_000;

let api: ApiHarness;
let count = 0;

beforeAll(async () => {
  api = await apiHarness();
  process.env.DATABASE_URL = api.url("reader");
});

afterAll(async () => {
  await endWithNotices(db());
  await api.close();
});

async function open(opening: Record<string, string> = {}): Promise<{ name: string; lane: number; id: string }> {
  count += 1;
  const name = `customer-${count}`;
  await api.make("/api/v1/accounts", { externalId: name, email: `${name}@example.com`, opening });
  const [found] = await api.owner<{ lane: number; id: string }[]>`
    select lane, id from accounts where external_id = ${name}`;
  if (!found) throw new Error("The account was not made");
  return { name, ...found };
}

async function sent(events: readonly unknown[]): Promise<void> {
  const { accepted } = await api.send(events);
  expect(accepted).toBe(events.length);
}

/** Above and below zero, as `amountText` writes them. */
const signed = (amount: string): bigint => (amount.startsWith("-") ? -dollars(amount.slice(1)) : dollars(amount));
const added = (lines: MonthStatement["lines"]): bigint => lines.reduce((sum, { amount }) => sum + signed(amount), 0n);

/** All months of an account, the first one first. */
async function allMonths(account: { lane: number; id: string }): Promise<MonthStatement[]> {
  const listed = (await monthsOf(account)).reverse();
  const months = await Promise.all(listed.map(({ month }) => monthStatement(account, month)));
  return months.map((month, place) => {
    if (!month) throw new Error(`${listed[place]?.month} is listed and has no statement`);
    expect(listed[place]).toEqual({
      month: month.month,
      isOver: month.isOver,
      opening: month.opening.total,
      closing: month.closing.total,
    });
    return month;
  });
}

const amount = fc
  .integer({ min: 1, max: 30_000 })
  .map((milli) => `${Math.floor(milli / 1_000)}.${String(milli % 1_000).padStart(3, "0")}000001`);
const act = fc.record({
  kind: fc.constantFrom("deposit", "grant", "use", "void", "refund", "chargeback", "dispute_won", "sweep"),
  amount,
  service: fc.constantFrom("pod", "serverless", "storage"),
  afterDays: fc.integer({ min: 0, max: 23 }),
});

interface Act {
  kind: string;
  amount: string;
  service: string;
  afterDays: number;
}

/** Does what of it can be done: a refund with nothing to refund is refused, and changes nothing. */
async function live(name: string, acts: readonly Act[]): Promise<void> {
  const used: ReturnType<typeof charge>[] = [];
  const references: string[] = [];
  for (const { kind, amount: much, service, afterDays } of acts) {
    api.clock.now = new Date(api.clock.now.getTime() + afterDays * DAY_MS + 1);
    count += 1;
    const reference = `act-${count}`;
    if (kind === "deposit") {
      await api.make(`/api/v1/accounts/${name}/deposits`, { reference, amount: much, method: "card" });
      references.push(reference);
    } else if (kind === "grant") {
      const bucket = service === "pod" ? "earned" : "promo";
      await api.make(`/api/v1/accounts/${name}/grants`, { reference, bucket, amount: much, reason: "Test" });
    } else if (kind === "use") {
      const event = { ...charge(name, much, { service }), time: api.clock.now.toISOString() };
      used.push(event);
      await sent([event]);
    } else if (kind === "void") {
      const event = used.pop();
      if (event) await sent([{ ...voidOf(event), time: api.clock.now.toISOString() }]);
    } else if (kind === "sweep") {
      await api.sweep();
    } else if (references.length > 0) {
      const body = { reference, reason: kind };
      await api.call("POST", `/api/v1/deposits/${references[count % references.length]}/reversals`, { body });
    }
  }
}

describe("monthly statements", () => {
  test("add up: opening and lines are closing, closing is the next opening, and the last is the wallet", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 8, maxLength: 30 }), async (acts) => {
        api.clock.now = new Date("2025-01-20T12:00:00.000Z");
        const account = await open({ paid: "1", promo: "0.5" });
        await live(account.name, acts);
        const months = await allMonths(account);
        expect(months[0]?.month).toBe("2025-01");
        expect(months[0]?.opening).toMatchObject({ total: "0", promo: "0", paid: "0", debt: "0" });
        for (const [place, { month, opening, closing, lines }] of months.entries()) {
          expect(signed(opening.total) + added(lines), month).toBe(signed(closing.total));
          const next = months[place + 1];
          if (next) expect(next.opening).toEqual(closing);
          const parts = [closing.promo, closing.earned, closing.market, closing.paid];
          expect(parts.reduce((sum, part) => sum + signed(part), 0n)).toBe(signed(closing.total));
        }
        const wallet = await walletOf(account);
        const last = months.at(-1)?.closing;
        const { promo, earned, debt } = wallet;
        expect(last).toMatchObject({ promo, earned, debt });
        expect(signed(last?.paid ?? "0")).toBe(signed(wallet.paid) - signed(wallet.arrears));
        const all = months.flatMap(({ lines }) => lines);
        const sumOf = (...kinds: string[]) => added(all.filter(({ kind }) => kinds.includes(kind)));
        expect(-sumOf("pod", "serverless", "storage", "void")).toBe(signed(wallet.charged));
        expect(sumOf("deposit", "opening")).toBe(signed(wallet.deposited) + signed("0.5"));
      }),
      { numRuns: 10, seed: 20260503, endOnFailure: true },
    );
  }, 240_000);

  test("say what happened by kind, charges by service, and what was taken back beside them", async () => {
    api.clock.now = new Date("2025-05-02T10:00:00.000Z");
    const account = await open();
    await api.make(`/api/v1/accounts/${account.name}/deposits`, { reference: "told-1", amount: "8", method: "card" });
    await api.make(`/api/v1/accounts/${account.name}/grants`, {
      reference: "told-2",
      bucket: "promo",
      amount: "1.5",
      reason: "Test",
    });
    const time = api.clock.now.toISOString();
    const pod = { ...charge(account.name, "2.000000001"), time };
    await sent([
      pod,
      { ...charge(account.name, "0.25", { service: "serverless" }), time },
      { ...voidOf(pod), time },
      { ...charge(account.name, "3"), time },
    ]);
    api.clock.now = new Date("2025-06-01T00:00:00.000Z");
    const refund = { reference: "told-3", reason: "refund", amount: "1" };
    await api.make("/api/v1/deposits/told-1/reversals", refund);

    const may = await monthStatement(account, "2025-05");
    expect(may?.lines).toEqual([
      { group: "deposits", kind: "deposit", amount: "8" },
      { group: "charges", kind: "pod", amount: "-5.000000001" },
      { group: "charges", kind: "serverless", amount: "-0.25" },
      { group: "charges", kind: "void", amount: "2.000000001" },
      { group: "promotional", kind: "grant", amount: "1.5" },
    ]);
    expect(may).toMatchObject({ isOver: true, closing: { total: "6.25" }, issuedAt: "2025-05-31T23:59:59.999Z" });
    expect((await heldAt(account, new Date("2025-06-01T00:00:00.000Z")))?.spendable).toBe("6.25");
    const june = await monthStatement(account, "2025-06");
    expect(june?.lines).toEqual([{ group: "taken-back", kind: "refund", amount: "-1" }]);
  });

  test("begin with the first posting's month and end with this one, which goes on; others there are none of", async () => {
    const before = new Date();
    api.clock.now = new Date(Date.UTC(before.getUTCFullYear(), before.getUTCMonth() - 2, 3));
    const account = await open({ paid: "2" });
    const months = await monthsOf(account);
    const current = new Date().toISOString().slice(0, 7);
    if (before.toISOString().slice(0, 7) === current) {
      expect(months.map(({ isOver }) => isOver)).toEqual([false, true, true]);
      expect(months[0]?.month).toBe(current);
    }
    expect(await monthStatement(account, months.at(-1)?.month ?? "")).not.toBeNull();
    for (const month of ["2019-01", "2999-01", "2025-13", "2025-1", "x", ""]) {
      expect(await monthStatement(account, month), month).toBeNull();
    }
    const nobody = await open();
    expect(await monthsOf(nobody)).toEqual([]);
    expect(await monthStatement(nobody, current)).toBeNull();
  });
});
