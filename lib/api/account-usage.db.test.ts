import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { type ApiHarness, apiHarness } from "@/lib/testing/api-harness";
import { usageEvent, voidOf } from "@/lib/testing/usage-events";

let api: ApiHarness;

beforeAll(async () => {
  api = await apiHarness();
});

afterAll(() => api.close());

const Usage = z.strictObject({
  data: z.array(
    z.strictObject({
      start: z.string(),
      name: z.string().nullable(),
      events: z.number(),
      durationMs: z.number(),
      charged: z.string(),
      paidFrom: z.strictObject({ promo: z.string(), earned: z.string(), market: z.string(), paid: z.string() }),
    }),
  ),
  next: z.string().nullable(),
});

const usageOf = async (account: string, query = "") => {
  const { status, body } = await api.call("GET", `/api/v1/accounts/${account}/usage${query}`, { key: api.keys.read });
  expect(status, JSON.stringify(body)).toBe(200);
  return Usage.parse(body);
};

const event = (subject: string, time: string, data: Record<string, unknown>, id?: string) =>
  usageEvent({ subject, time, data: { durationMs: 1_000, ...data }, ...(id ? { id } : {}) });

async function withUsage(name: string): Promise<void> {
  await api.make("/api/v1/accounts", { externalId: name, email: `${name}@example.com`, opening: { promo: "1" } });
  await api.make(`/api/v1/accounts/${name}/deposits`, { reference: `d-${name}`, amount: "100", method: "invoice" });
  const sent = await api.send([
    event(name, "2026-11-20T23:59:59.999Z", { service: "pod", amount: "2", sku: "a", resource: "r1" }),
    event(name, "2026-11-21T00:00:00.000Z", { service: "pod", amount: "3", sku: "a", resource: "r2" }),
    event(name, "2026-11-21T10:00:00.000Z", { service: "serverless", amount: "4", sku: "b" }),
    event(name, "2026-11-21T10:59:00.000Z", { service: "serverless", amount: "5", sku: "b" }),
    event(name, "2026-11-21T10:59:30.000Z", { service: "storage", amount: "7" }, `${name}-void`),
    voidOf({ subject: name, source: "tests", id: `${name}-void` }),
  ]);
  expect(sent.accepted).toBe(6);
}

test("charges stand in the bucket their interval ended in, with what paid; what was taken back stands in none", async () => {
  await withUsage("use-a");
  const { data, next } = await usageOf("use-a");
  expect(next).toBeNull();
  const none = { market: "0", earned: "0" };
  expect(data).toEqual([
    {
      start: "2026-11-20T00:00:00.000Z",
      name: "pod",
      events: 1,
      durationMs: 1_000,
      charged: "2",
      paidFrom: { ...none, promo: "1", paid: "1" },
    },
    {
      start: "2026-11-21T00:00:00.000Z",
      name: "pod",
      events: 1,
      durationMs: 1_000,
      charged: "3",
      paidFrom: { ...none, promo: "0", paid: "3" },
    },
    {
      start: "2026-11-21T00:00:00.000Z",
      name: "serverless",
      events: 2,
      durationMs: 2_000,
      charged: "9",
      paidFrom: { ...none, promo: "0", paid: "9" },
    },
  ]);
});

test("buckets are hours, days or months, and names services, skus, resources or templates", async () => {
  await withUsage("use-b");
  const said = async (query: string) =>
    (await usageOf("use-b", query)).data.map(({ start, name, charged }) => `${start.slice(5, 16)} ${name} ${charged}`);
  expect(await said("?bucket=hour")).toEqual(["11-20T23:00 pod 2", "11-21T00:00 pod 3", "11-21T10:00 serverless 9"]);
  expect(await said("?bucket=month&by=sku")).toEqual(["11-01T00:00 a 5", "11-01T00:00 b 9"]);
  expect(await said("?bucket=month&by=resource")).toEqual([
    "11-01T00:00 null 9",
    "11-01T00:00 r1 2",
    "11-01T00:00 r2 3",
  ]);
  expect(await said("?bucket=month&by=template")).toEqual(["11-01T00:00 null 14"]);
});

test("the period has its beginning and not its end, and must not be empty", async () => {
  await withUsage("use-c");
  const { data } = await usageOf("use-c", "?from=2026-11-20T23:59:59.999Z&to=2026-11-21T00:00:00Z");
  expect(data.map(({ charged }) => charged)).toEqual(["2"]);
  const empty = await api.call("GET", "/api/v1/accounts/use-c/usage?from=2026-11-21T00:00:00Z&to=2026-11-21T00:00:00Z");
  expect(empty.status).toBe(422);
  for (const query of ["?bucket=year", "?by=account", "?from=yesterday", "?cursor=eyJ9"]) {
    expect((await api.call("GET", `/api/v1/accounts/use-c/usage${query}`)).status).toBe(422);
  }
  expect((await api.call("GET", "/api/v1/accounts/nobody/usage")).status).toBe(404);
});

test("pages join without gap or overlap", async () => {
  await withUsage("use-d");
  const whole = (await usageOf("use-d", "?bucket=hour&by=resource")).data;
  const read: z.infer<typeof Usage>["data"] = [];
  let cursor: string | null = null;
  do {
    const page: z.infer<typeof Usage> = await usageOf(
      "use-d",
      `?bucket=hour&by=resource&limit=1${cursor ? `&cursor=${cursor}` : ""}`,
    );
    read.push(...page.data);
    cursor = page.next;
  } while (cursor !== null);
  expect(read).toEqual(whole);
});
