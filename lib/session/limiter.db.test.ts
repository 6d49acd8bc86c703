import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createDatabase, type TestDatabase } from "@/db/testing/database";
import { endWithNotices } from "@/lib/live/notify";
import { context } from "./context";
import { limiter, takeVisit } from "./limiter";

let database: TestDatabase;

beforeAll(async () => {
  database = await createDatabase();
  vi.stubEnv("DATABASE_URL", database.url("web"));
  vi.stubEnv("RATE_LIMITS", "follow=2");
});
afterAll(async () => {
  await limiter().settle();
  await endWithNotices(context().db);
  await database.close();
  vi.unstubAllEnvs();
});

test("links are followed so often from one address, and from another all the same", async () => {
  const visit = (from: string) => takeVisit(new Headers({ "x-forwarded-for": from }), "follow");
  expect([visit("192.0.2.1"), visit("192.0.2.1"), visit("192.0.2.2")]).toEqual([null, null, null]);
  const refused = visit("192.0.2.1");
  expect(refused?.status).toBe(429);
  expect(refused?.headers.get("Retry-After")).toMatch(/^[1-9]\d?$/);
  expect(refused?.headers.get("RateLimit-Policy")).toBe('"follow";q=2;w=60');
  expect(await refused?.text()).toContain("more than 2 requests in a minute");
});
