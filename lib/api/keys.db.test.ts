import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { issueKey, type Scope } from "@/lib/services/keys/api-keys";
import { type ApiHarness, apiHarness } from "@/lib/testing/api-harness";
import { charge } from "@/lib/testing/usage-events";

let api: ApiHarness;

beforeAll(async () => {
  api = await apiHarness();
  await api.make("/api/v1/accounts", { externalId: "known", opening: { paid: "10" } });
});
afterAll(() => api.close());

const deposit = { reference: "again", amount: "1", method: "card" };
const price = { service: "pod", unit: "hour", amount: "1", effectiveFrom: "2026-01-01T00:00:00Z" };

/** Every call that needs a key, with a body that is accepted, and the least scope it needs. */
const guarded: { scope: Scope; method: string; path: string; body?: unknown }[] = [
  { scope: "ingest", method: "POST", path: "/api/v1/events", body: [charge("known", "0.01")] },
  { scope: "read", method: "GET", path: "/api/v1/accounts/known" },
  { scope: "read", method: "GET", path: "/api/v1/accounts" },
  { scope: "read", method: "GET", path: "/api/v1/accounts/known/entries" },
  { scope: "read", method: "GET", path: "/api/v1/accounts/known/deposits" },
  { scope: "read", method: "GET", path: "/api/v1/accounts/known/draws" },
  { scope: "read", method: "GET", path: "/api/v1/prices" },
  { scope: "read", method: "GET", path: "/api/v1/quarantine" },
  { scope: "read", method: "GET", path: "/api/v1/templates/none" },
  { scope: "admin", method: "POST", path: "/api/v1/accounts", body: { externalId: "made" } },
  { scope: "admin", method: "POST", path: "/api/v1/accounts/known/deposits", body: deposit },
  {
    scope: "admin",
    method: "POST",
    path: "/api/v1/accounts/known/grants",
    body: { reference: "again", bucket: "promo", amount: "1", reason: "why" },
  },
  { scope: "admin", method: "POST", path: "/api/v1/templates", body: { externalId: "t", creator: "known", name: "T" } },
  { scope: "admin", method: "PUT", path: "/api/v1/prices/a100", body: price },
  { scope: "admin", method: "POST", path: "/api/v1/sweep" },
  {
    scope: "ingest",
    method: "POST",
    path: "/api/v1/authorizations",
    body: { account: "known", reference: "again", hourly: "1" },
  },
  { scope: "ingest", method: "PATCH", path: "/api/v1/authorizations/none", body: { quantity: 1 } },
  { scope: "ingest", method: "DELETE", path: "/api/v1/authorizations/none" },
];

const open = ["/api/health", "/.well-known/credit-programs.json", "/api/v1/openapi.json", "/api/v1/draws/none"];

const scopes: Scope[] = ["ingest", "read", "admin"];
const allowed = (given: Scope, wanted: Scope) => given === wanted || given === "admin";
const detailed = (status: number) => ({
  status,
  type: "application/problem+json",
  body: { type: "about:blank", title: expect.any(String), status, detail: expect.any(String) },
});

describe.each(guarded)("$method $path", ({ scope, method, path, body }) => {
  const call = (key: string | null) => api.call(method, path, body === undefined ? { key } : { key, body });

  test("without a key, or with one nobody issued, is 401 and does nothing", async () => {
    const before = await api.rowCounts();
    for (const key of [
      null,
      "",
      "tsk_",
      "tsk_unknown",
      `${api.keys.admin}x`,
      api.keys.admin.slice(4),
      "tsk_' or 1=1",
    ]) {
      expect(await call(key)).toMatchObject(detailed(401));
    }
    expect(await api.rowCounts()).toEqual(before);
  });

  test(`needs ${scope}; other scopes are 403 and do nothing`, async () => {
    const before = await api.rowCounts();
    for (const given of scopes.filter((each) => !allowed(each, scope))) {
      expect(await call(api.keys[given])).toMatchObject(detailed(403));
    }
    expect(await api.rowCounts()).toEqual(before);
    for (const given of scopes.filter((each) => allowed(each, scope))) {
      const { status } = await call(api.keys[given]);
      expect([200, 201, 404]).toContain(status);
    }
  });
});

test.each(open)("%s is public: it answers the same with any credentials or none", async (path) => {
  const answers = await Promise.all(
    [null, "tsk_unknown", api.keys.ingest, api.keys.admin].map((key) => api.call("GET", path, { key })),
  );
  expect(answers.map(({ status }) => status)).not.toContain(401);
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
});

test("a key is kept as a hash alone, and a revoked one stops working", async () => {
  const key = await issueKey({ db: api.db, clock: () => api.clock.now }, { name: "rotated", scopes: ["read"] });
  expect((await api.call("GET", "/api/v1/prices", { key })).status).toBe(200);
  const [row] = await api.owner`select hash, scopes, to_jsonb(k)::text as whole from api_keys k where name = 'rotated'`;
  expect(row).toMatchObject({ scopes: "read", hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect(row?.whole).not.toContain(key.slice(4));
  await api.owner`update api_keys set revoked_at = now() where name = 'rotated'`;
  expect(await api.another().call("GET", "/api/v1/prices", { key })).toMatchObject(detailed(401));
  const until = Date.now() + 5_000;
  let status = 200;
  while (status === 200 && Date.now() < until) status = (await api.call("GET", "/api/v1/prices", { key })).status;
  expect(status).toBe(401);
});

describe("an error", () => {
  test.each([
    [400, "POST", "/api/v1/accounts", { text: "{" }],
    [400, "POST", "/api/v1/events", { text: "{" }],
    [404, "GET", "/api/v1/accounts/nobody", {}],
    [404, "GET", "/api/v1/nowhere", {}],
    [404, "DELETE", "/api/v1/prices", {}],
    [409, "POST", "/api/v1/accounts", { body: { externalId: "known" } }],
    [422, "POST", "/api/v1/accounts", { body: {} }],
    [422, "POST", "/api/v1/events", { body: [] }],
    [413, "POST", "/api/v1/accounts", { text: JSON.stringify({ externalId: "x".repeat(5_000_001) }) }],
  ])("of status %i is a problem of RFC 9457: %s %s", async (status, method, path, sending) => {
    const answer = await api.call(method, path, sending);
    expect(answer).toMatchObject(detailed(status));
    if (status === 422) {
      const field = { path: expect.any(String), message: expect.any(String) };
      expect(answer.body).toMatchObject({ errors: expect.arrayContaining([field]) });
    }
  });

  test("for an id that does not exist is the same whatever the id", async () => {
    const answers = await Promise.all(
      ["nobody", "somebody", "acc_0"].map((id) => api.call("GET", `/api/v1/accounts/${id}/entries`)),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });
});
