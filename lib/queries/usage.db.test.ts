import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { ingest } from "@/lib/services/usage/ingest";
import { type Books, openBooks } from "./testing/books";
import { type UsedInterval, usageByName, usageOverTime, usagePage } from "./usage";
import { usageFile } from "./usage-export";

vi.mock("server-only", () => ({}));
vi.mock("next/server", () => ({ connection: async () => {} }));

let books: Books;

beforeAll(async () => {
  books = await openBooks();
});

afterAll(() => books.close());

const DAY_MS = 86_400_000;
const ago = (days: number) => new Date(Date.now() - days * DAY_MS);
const all = { from: ago(30), to: ago(-1), filters: {} };
const bySku = { by: "sku", before: ago(60) } as const;

test("usage is told by name, most first, beside the period before and with the credit that paid", async () => {
  const account = await books.account({ externalId: "u1" });
  const { externalId: subject } = account;
  await books.deposit(account, "10");
  await books.use([
    { subject, amount: "4", sku: "rtx4090", durationMs: 60_000 },
    { subject, amount: "1.000000001", sku: "rtx4090", durationMs: 60_000, time: ago(3) },
    { subject, amount: "2", time: ago(29) },
    { subject, amount: "3", sku: "rtx4090", time: ago(31) },
    { subject, amount: "100", sku: "h100", time: ago(61) },
  ]);
  const { names, totals } = await usageByName(account, all, bySku);
  expect(totals).toEqual({ charged: "7.000000001", before: "3", events: 3, names: 2 });
  const parts = { promo: "0", earned: "0", market: "0" };
  expect(names).toEqual([
    {
      name: "rtx4090",
      events: 2,
      durationMs: "120000",
      charged: "5.000000001",
      before: "3",
      parts: { ...parts, paid: "5.000000001" },
    },
    { name: "", events: 1, durationMs: "0", charged: "2", before: "0", parts: { ...parts, paid: "2" } },
  ]);
  const one = await usageByName(account, { ...all, filters: { sku: "" } }, bySku);
  expect(one.totals).toEqual({ charged: "2", before: "0", events: 1, names: 1 });
  const second = await usageByName(account, all, { ...bySku, skip: 1 });
  expect(second.names).toEqual(names.slice(1));
  expect(second.totals).toEqual(totals);
});

test("usage is told over time by service, empty buckets included, and of certain names alone", async () => {
  const account = await books.account({ externalId: "u6" });
  const { externalId: subject } = account;
  const day = Date.parse("2026-03-04T00:00:00.000Z");
  const at = (hours: number) => new Date(day + hours * 3_600_000);
  await ingest(
    { ...books.ctx, clock: () => at(50) },
    [
      { id: "t1", hours: 0, data: { service: "pod", amount: "1", template: "x" } },
      { id: "t2", hours: 23.9, data: { service: "storage", amount: "0.5" } },
      { id: "t3", hours: 49, data: { service: "pod", amount: "2", template: "x" } },
    ].map(({ id, hours, data }) => ({
      specversion: "1.0",
      type: "usage",
      source: "time",
      id,
      subject,
      time: at(hours).toISOString(),
      data,
    })),
  );
  const starts = [0, 24, 48].map((hours) => at(hours).toISOString());
  const wanted = { from: at(0), to: at(72), filters: {} };
  const nothing = { pod: "0", serverless: "0", storage: "0", events: 0 };
  expect(await usageOverTime(account, wanted, { bucket: "day", starts })).toEqual([
    { ...nothing, start: starts[0], pod: "1", storage: "0.5", events: 2 },
    { ...nothing, start: starts[1] },
    { ...nothing, start: starts[2], pod: "2", events: 1 },
  ]);
  // A week begins before its period does: what is of the period stays in it.
  const week = { bucket: "week", starts: [at(0).toISOString()] } as const;
  const named = { ...wanted, filters: { template: "x" } };
  expect(await usageOverTime(account, named, week)).toEqual([{ ...nothing, start: starts[0], pod: "3", events: 2 }]);
});

test("intervals are paged by posting, what was taken back left out, and belong to nobody else", async () => {
  const account = await books.account({ externalId: "u2" });
  const other = await books.account({ externalId: "u3" });
  const { externalId: subject } = account;
  const event = (id: string, data: object, type = "usage") => ({
    specversion: "1.0",
    type,
    source: "pages",
    id,
    subject,
    time: new Date().toISOString(),
    data,
  });
  const uses = ["a", "b", "c", "d"].map((id) => event(id, { service: "pod", amount: "1", resource: `pod_${id}` }));
  await ingest(books.ctx, [...uses, event("v", { voids: { source: "pages", id: "c" } }, "usage.void")]);
  const first = await usagePage(account, all, { below: null, size: 2 });
  expect(first.intervals.map(({ id }) => id)).toEqual(["d", "b"]);
  const rest = await usagePage(account, all, { below: BigInt(first.next ?? "0"), size: 2 });
  expect([rest.intervals.map(({ id }) => id), rest.next]).toEqual([["a"], null]);
  const named = await usagePage(
    account,
    { ...all, filters: { resource: "pod_b", service: "pod" } },
    { below: null, size: 9 },
  );
  expect(named.intervals.map(({ id }) => id)).toEqual(["b"]);
  expect((await usagePage(other, all, { below: null, size: 9 })).intervals).toEqual([]);
});

test("an export holds every interval of the period once, as CSV and as JSON, however many there are", async () => {
  const account = await books.account({ externalId: "u4" });
  const { externalId: subject } = account;
  const count = 2_500;
  await books.use(Array.from({ length: count }, (_, at) => ({ subject, amount: "0.001", resource: `=pod,${at}` })));
  const json: UsedInterval[] = JSON.parse(await new Response(usageFile(account, all, "json")).text());
  expect(new Set(json.map(({ resource }) => resource)).size).toBe(count);
  const lines = (await new Response(usageFile(account, all, "csv")).text()).trimEnd().split("\r\n");
  expect(lines).toHaveLength(count + 1);
  expect(lines[0]).toMatch(/^ended_at,source,id,service,/);
  expect(lines[1]).toContain(`"'=pod,${count - 1}"`);
  const empty = await books.account({ externalId: "u5" });
  expect(await new Response(usageFile(empty, all, "json")).json()).toEqual([]);
});
