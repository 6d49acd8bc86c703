import { expect, test } from "vitest";
import { nanos } from "@/lib/money/nanos";
import { AccountBooks, customerId, template } from "@/lib/testing/account-books";
import { dayText } from "./effects";

const DAY_MS = 86_400_000;
const noon = Date.UTC(2026, 7, 31, 12);
const use = (key: number, change: { endedAtMs?: number; creatorId?: string }) => ({
  kind: "usage" as const,
  key,
  usage: {
    service: "pod" as const,
    endedAtMs: change.endedAtMs ?? noon,
    template: { ...template, creatorId: change.creatorId ?? template.creatorId },
    charge: nanos(1_000_000_000n),
    durationMs: 60_000n,
  },
});
const paid = { kind: "deposit" as const, amount: nanos(10_000_000_000n) };

test("a creator's own use of a template earns no royalty, and its runtime counts", () => {
  const own = new AccountBooks().batch([paid, use(1, { creatorId: customerId })]).totals();
  expect([own.royalty, own.runtimeMs]).toEqual([0n, 60_000n]);
  const other = new AccountBooks().batch([paid, use(1, {})]).totals();
  expect([other.royalty, other.runtimeMs]).toEqual([100_000_000_000n, 60_000n]);
});

test("a late event goes on the page of the day its interval ended, over ends of months, whatever is posted beside it", () => {
  const times = [noon, noon + DAY_MS, noon - 31 * DAY_MS, Date.UTC(2026, 8, 1) - 1, Date.UTC(2026, 8, 1)];
  const books = new AccountBooks().batch([paid, ...times.map((endedAtMs, key) => use(key, { endedAtMs }))]);
  const [effects] = books.effects;
  const days = [...(effects?.days ?? [])].map(([day, { events }]) => [dayText(day), events]);
  expect(days.sort()).toEqual([
    ["2026-07-31", 1],
    ["2026-08-31", 2],
    ["2026-09-01", 2],
  ]);
  expect(effects?.templates.size).toBe(1);
  expect(books.totals().royalty).toBe(5n * 100_000_000_000n);
});

test("a thousand events of one nano-dollar accrue what one of a thousand does", () => {
  const nano = (key: number, charge: bigint) => {
    const each = use(key, {});
    return { ...each, usage: { ...each.usage, endedAtMs: 0, charge: nanos(charge) } };
  };
  const many = new AccountBooks().batch([paid, ...Array.from({ length: 1_000 }, (_, key) => nano(key, 1n))]).totals();
  expect(many.commission).toBe(300_000n);
  expect(many).toMatchObject(pick(new AccountBooks().batch([paid, nano(1, 1_000n)]).totals()));
});

const pick = ({ commission, royalty }: { commission: bigint; royalty: bigint }) => ({ commission, royalty });
