import fc from "fast-check";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Answer, type ApiHarness, apiHarness } from "@/lib/testing/api-harness";
import { badValue, type Kind, toJson } from "@/lib/testing/bad-values";
import { badBody, strangeId, strangeQuery } from "@/lib/testing/strange-requests";
import { charge } from "@/lib/testing/usage-events";

vi.setConfig({ testTimeout: 300_000 });

/** Requests are sent so many at a time. */
const TOGETHER = 10;
const several = <T>(each: fc.Arbitrary<T>) => fc.array(each, { minLength: TOGETHER, maxLength: TOGETHER });

/** Holds a property for `hundreds` × 50 generated requests, with FULL=1 for `hundreds` × 100. */
const forEach = <T>(hundreds: number, requests: fc.Arbitrary<T>, holds: (request: T) => Promise<void>) =>
  fc.assert(
    fc.asyncProperty(several(requests), async (some) => void (await Promise.all(some.map(holds)))),
    { numRuns: (hundreds * (process.env.FULL ? 100 : 50)) / TOGETHER },
  );

let api: ApiHarness;
let before: Record<string, number>;

beforeAll(async () => {
  api = await apiHarness();
  await api.make("/api/v1/accounts", { externalId: "known", opening: { paid: "10", promo: "1" } });
  await api.make("/api/v1/prices/a100", {
    service: "pod",
    unit: "hour",
    amount: "1",
    effectiveFrom: "2026-01-01T00:00:00Z",
  });
  await api.make("/api/v1/templates", { externalId: "tpl", creator: "known", name: "T" });
  await api.send([charge("known", "1")]);
  before = await api.rowCounts();
});
afterAll(() => api.close());

/** Every test ends here: whatever was sent, no table gained or lost a row. */
const expectNoRow = async () => expect(await api.rowCounts()).toEqual(before);

interface Call {
  method: string;
  path: string;
  /** A request that would make something. */
  good: Record<string, unknown>;
  /** Its fields; those with a `?` may be absent or null. */
  fields: Record<string, Kind>;
}

const calls: Call[] = [
  {
    method: "POST",
    path: "/api/v1/accounts",
    good: { externalId: "new" },
    fields: {
      externalId: "name",
      "email?": "email",
      "name?": "label",
      "referralCode?": "code",
      "signedUpAt?": "past",
      "region?": "region",
      "newAccount?": "flag",
      "opening?": "object",
      "opening.paid?": "opening",
      "opening.promo?": "opening",
      "opening.earned?": "opening",
    },
  },
  {
    method: "POST",
    path: "/api/v1/accounts/known/deposits",
    good: { reference: "new", amount: "1", method: "card" },
    fields: { reference: "name", amount: "positive", method: "method", "instrument?": "label", "occurredAt?": "time" },
  },
  {
    method: "POST",
    path: "/api/v1/accounts/known/grants",
    good: { reference: "new", bucket: "promo", amount: "1", reason: "why" },
    fields: { reference: "name", bucket: "bucket", amount: "positive", reason: "sentence" },
  },
  {
    method: "POST",
    path: "/api/v1/templates",
    good: { externalId: "new", creator: "known", name: "New" },
    fields: { externalId: "label", creator: "name", name: "label", "createdAt?": "past" },
  },
  {
    method: "PUT",
    path: "/api/v1/prices/new",
    good: { service: "pod", unit: "hour", amount: "1" },
    fields: { service: "service", unit: "unit", amount: "amount", "effectiveFrom?": "time" },
  },
  {
    method: "POST",
    path: "/api/v1/authorizations",
    good: { account: "known", reference: "new", hourly: "1" },
    fields: { account: "name", reference: "name", hourly: "amount", "quantity?": "quantity", "expiresAt?": "time" },
  },
  {
    method: "PATCH",
    path: "/api/v1/authorizations/none",
    good: { quantity: "1" },
    fields: { "hourly?": "amount", "quantity?": "quantity", "expiresAt?": "time" },
  },
];

/** One field of one call, with a value it must refuse. */
const badField = fc
  .constantFrom(...calls.flatMap((call) => Object.entries(call.fields).map(([field, kind]) => ({ call, field, kind }))))
  .chain(({ call, field, kind }) => {
    const value = field.endsWith("?") ? badValue(kind) : fc.oneof(badValue(kind), fc.constantFrom(null, undefined));
    return value.map((bad) => ({ call, field: field.replace("?", ""), bad }));
  });

/** `good` with one field, perhaps of an object inside, replaced. */
function replaced(good: Record<string, unknown>, field: string, value: unknown): Record<string, unknown> {
  const [outer = "", inner] = field.split(".");
  if (inner === undefined) return { ...good, [outer]: value };
  const object = good[outer];
  return { ...good, [outer]: { ...(typeof object === "object" ? object : {}), [inner]: value } };
}

const isProblem = ({ status, type }: Answer) =>
  status >= 400 && status < 500 && type === "application/problem+json" ? "problem" : `${status} ${type}`;

function errorsOf({ body }: Answer): string {
  return typeof body === "object" && body !== null && "errors" in body ? JSON.stringify(body.errors) : "no errors";
}

test("a bad value in any field of any call is 422 and names the field", async () => {
  await forEach(40, badField, async ({ call, field, bad }) => {
    const answer = await api.call(call.method, call.path, { text: toJson(replaced(call.good, field, bad)) });
    expect([isProblem(answer), answer.status]).toEqual(["problem", 422]);
    expect(errorsOf(answer)).toContain(`"path":"${field.split(".")[0]}`);
  });
  await expectNoRow();
});

test("an unknown field of any call is 422 and named, prototype names too", async () => {
  const unknown = fc.constantFrom(
    "__proto__",
    "constructor",
    "prototype",
    "toString",
    "Amount",
    "amount ",
    "",
    "\u0000",
    "é",
  );
  await forEach(
    6,
    fc.tuple(fc.constantFrom(...calls), unknown, fc.jsonValue()),
    async ([{ method, path, good }, key, value]) => {
      const text = `{${JSON.stringify(key)}:${JSON.stringify(value)},${JSON.stringify(good).slice(1)}`;
      const answer = await api.call(method, path, { text });
      expect([isProblem(answer), answer.status]).toEqual(["problem", 422]);
      expect(errorsOf(answer)).toContain(`"path":${JSON.stringify(key)}`);
    },
  );
  await expectNoRow();
});

test("a body that is no JSON object is 400 or 422, and so is any body of another content type", async () => {
  const types = fc.constantFrom(
    "application/json",
    "application/json; charset=utf-16",
    "text/plain",
    "multipart/form-data",
    "x",
  );
  const paths = [...calls, { method: "POST", path: "/api/v1/events" }];
  await forEach(14, fc.tuple(fc.constantFrom(...paths), badBody, types), async ([{ method, path }, text, type]) => {
    const answer = await api.call(method, path, { text, type });
    expect([400, 422]).toContain(answer.status);
  });
  await expectNoRow();
});

const eventFields: Record<string, Kind> = {
  source: "label",
  id: "label",
  subject: "name",
  time: "past",
  data: "object",
  "data.sku": "label",
  "data.durationMs": "duration",
  "data.quantity?": "quantity",
  "data.amount?": "amount",
  "data.service?": "service",
  "data.resource?": "label",
  "data.template?": "label",
};

test("a bad value in any field of an event is refused and named, and the event is not remembered", async () => {
  const bad = fc.constantFrom(...Object.entries(eventFields)).chain(([field, kind]) => {
    const value = field.endsWith("?") ? badValue(kind) : fc.oneof(badValue(kind), fc.constantFrom(null, undefined));
    return value.map((each) => ({ field: field.replace("?", ""), each }));
  });
  const good = { ...charge("known", "1"), data: { sku: "a100", durationMs: 1 } };
  await forEach(25, fc.tuple(fc.array(bad, { minLength: 1, maxLength: 4 }), fc.boolean()), async ([many, atomic]) => {
    const events = atomic ? many.slice(0, 1) : many;
    const text = toJson(events.map(({ field, each }) => replaced(good, field, each)));
    const answer = await api.call("POST", `/api/v1/events?atomic=${atomic}`, { text });
    expect(answer).toMatchObject({
      status: 422,
      body: {
        accepted: 0,
        duplicates: 0,
        quarantined: 0,
        rejected: events.map(({ field }, index) => ({ index, detail: expect.stringContaining(field) })),
      },
    });
  });
  await expectNoRow();
});

test("events that are no objects, or no usage, are refused one by one", async () => {
  const strange = fc.oneof(
    fc.jsonValue().filter((value) => !Array.isArray(value)),
    fc.record({ specversion: fc.constantFrom("1.0", "0.3", 1, null), type: fc.jsonValue(), id: fc.jsonValue() }),
  );
  await forEach(5, fc.array(strange, { minLength: 1, maxLength: 20 }), async (events) => {
    const answer = await api.call("POST", "/api/v1/events", { body: events });
    expect(answer).toMatchObject({ status: 422, body: { accepted: 0 } });
  });
  await expectNoRow();
});

const reads = [
  "accounts/{id}",
  "accounts/{id}/entries",
  "accounts/{id}/deposits",
  "accounts/{id}/draws",
  "accounts/{id}/usage",
  "templates/{id}",
]
  .concat(["accounts", "accounts/known/entries", "accounts/known/usage", "prices", "quarantine", "draws/{id}"])
  .map((path) => `/api/v1/${path}`)
  .concat(["/api/health", "/.well-known/credit-programs.json", "/{id}", "/api/v1/{id}"]);

test("strange ids and queries are answered or refused, never a fault", async () => {
  const query = fc.oneof(fc.constant(""), strangeQuery);
  await forEach(20, fc.tuple(fc.constantFrom(...reads), strangeId, query), async ([path, id, asked]) => {
    const answer = await api.call("GET", path.replace("{id}", id) + asked);
    expect([200, 404, 422]).toContain(answer.status);
    if (path.endsWith("{id}") && answer.status !== 422)
      expect([isProblem(answer), answer.status]).toEqual(["problem", 404]);
  });
  await expectNoRow();
});

test("strange ids in calls that make something are refused", async () => {
  const makers = [
    { method: "POST", path: "/api/v1/accounts/{id}/deposits", body: { reference: "x", amount: "1", method: "card" } },
    {
      method: "POST",
      path: "/api/v1/accounts/{id}/grants",
      body: { reference: "x", bucket: "promo", amount: "1", reason: "y" },
    },
    { method: "PUT", path: "/api/v1/prices/{id}", body: { service: "pod", unit: "hour", amount: "-1" } },
    { method: "DELETE", path: "/api/v1/accounts/{id}", body: {} },
    { method: "POST", path: "/api/v1/deposits/{id}/reversals", body: { reference: "x", reason: "refund" } },
    { method: "POST", path: "/api/v1/applications/{id}/decision", body: { accept: true, reason: "y" } },
    { method: "PATCH", path: "/api/v1/templates/{id}", body: {} },
  ];
  await forEach(10, fc.tuple(fc.constantFrom(...makers), strangeId), async ([{ method, path, body }, id]) => {
    expect(isProblem(await api.call(method, path.replace("{id}", id), { body }))).toBe("problem");
  });
  await expectNoRow();
});

test("a period and a cursor at the edge of the calendar are answered or refused", async () => {
  const cursorOf = (place: unknown) => Buffer.from(JSON.stringify(place)).toString("base64url");
  const path = "/api/v1/accounts/known/usage";
  expect((await api.call("GET", `${path}?to=0001-01-05T00:00:00Z`)).status).toBe(200);
  const places = [
    { start: "2026-01-01T00:00:00Z", name: "\u0000" },
    { start: "0000-01-01T00:00:00Z", name: "" },
  ];
  for (const place of places) expect((await api.call("GET", `${path}?cursor=${cursorOf(place)}`)).status).toBe(422);
});
