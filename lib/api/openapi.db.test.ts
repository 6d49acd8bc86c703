import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { messageTypes } from "@/lib/services/webhooks/message-types";
import { type ApiHarness, apiHarness } from "@/lib/testing/api-harness";
import { differences } from "@/lib/testing/json-schema";
import { charge } from "@/lib/testing/usage-events";
import { operations } from "./operations";
import { readReference } from "./reference";

interface Content {
  content?: Record<string, { schema: unknown; example?: unknown }>;
  $ref?: string;
}
interface Operation {
  summary?: string;
  tags?: string[];
  security?: { key: string[] }[];
  parameters?: { name: string; in: string; description?: string }[];
  requestBody?: Content;
  responses: Record<string, Content>;
}
interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  webhooks: Record<string, unknown>;
  components: {
    schemas: Record<string, unknown>;
    responses: Record<string, Content>;
    securitySchemes: Record<string, unknown>;
  };
}

let api: ApiHarness;
let document: Document;

beforeAll(async () => {
  api = await apiHarness();
  document = (await api.call("GET", "/api/v1/openapi.json", { key: null })).body as Document;
});
afterAll(() => api.close());

/** Every call there is to be, with the scope it needs; null for what anyone may ask. */
const calls: readonly (readonly [string, string | null])[] = [
  ["post /api/v1/accounts", "admin"],
  ["get /api/v1/accounts/{id}", "read"],
  ["get /api/v1/accounts", "read"],
  ["get /api/v1/accounts/{id}/entries", "read"],
  ["get /api/v1/accounts/{id}/deposits", "read"],
  ["get /api/v1/accounts/{id}/draws", "read"],
  ["get /api/v1/accounts/{id}/referrals", "read"],
  ["get /api/v1/accounts/{id}/usage", "read"],
  ["post /api/v1/accounts/{id}/deposits", "admin"],
  ["post /api/v1/deposits/{reference}/reversals", "admin"],
  ["post /api/v1/accounts/{id}/grants", "admin"],
  ["post /api/v1/accounts/{id}/enrolments", "admin"],
  ["post /api/v1/accounts/{id}/applications", "admin"],
  ["get /api/v1/applications", "admin"],
  ["post /api/v1/applications/{reference}/decision", "admin"],
  ["get /api/v1/reviews", "admin"],
  ["post /api/v1/reviews/{id}/decision", "admin"],
  ["post /api/v1/templates", "admin"],
  ["get /api/v1/templates/{id}", "read"],
  ["get /api/v1/prices", "read"],
  ["put /api/v1/prices/{sku}", "admin"],
  ["post /api/v1/events", "ingest"],
  ["get /api/v1/quarantine", "read"],
  ["post /api/v1/authorizations", "ingest"],
  ["patch /api/v1/authorizations/{reference}", "ingest"],
  ["delete /api/v1/authorizations/{reference}", "ingest"],
  ["post /api/v1/sweep", "admin"],
  ["get /api/v1/draws/{drawId}", null],
  ["get /.well-known/credit-programs.json", null],
  ["get /api/health", null],
  ["get /api/v1/openapi.json", null],
];

const operationOf = (call: string): Operation | undefined => {
  const [method = "", path = ""] = call.split(" ");
  return document.paths[path]?.[method];
};

test("the document has every message to webhooks there is, and the reference shows each with its fields", () => {
  expect(Object.keys(document.webhooks).sort()).toEqual(Object.keys(messageTypes).sort());
  const { messages } = readReference(document, "https://example.com");
  const fields = messages.find(({ type }) => type === "wallet.low")?.fields.map(({ name }) => name);
  expect(fields).toEqual(
    expect.arrayContaining(["type", "timestamp", "data.account", "data.balance", "data.threshold"]),
  );
  expect(messages.filter((message) => message.fields.length < 4)).toEqual([]);
});

test("the document has every call there is, and no other; each has its words", () => {
  const found = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.keys(item).map((verb) => `${verb} ${path}`),
  );
  expect(found.sort()).toEqual(calls.map(([call]) => call).sort());
  const upper = found.map((call) => call.replace(/^\w+/, (verb) => verb.toUpperCase()));
  expect(Object.keys(operations).sort()).toEqual(upper.sort());
  expect(document.openapi).toBe("3.1.0");
});

describe.each(calls)("%s", (call, scope) => {
  test("says what it does, which scope it needs, what every parameter is and what it answers", () => {
    const operation = operationOf(call);
    expect(operation?.summary).toMatch(/^[A-Z].{8,}/);
    expect(operation?.tags).toHaveLength(1);
    expect(operation?.security).toEqual(scope === null ? undefined : [{ key: [scope] }]);
    const plain = operation?.parameters?.filter(({ description }) => !description).map(({ name }) => name);
    expect(plain ?? []).toEqual([]);
    const answers = Object.keys(operation?.responses ?? {});
    expect(answers.some((status) => status.startsWith("2"))).toBe(true);
    if (scope !== null) expect(answers).toEqual(expect.arrayContaining(["401", "403", "429"]));
    if (operation?.requestBody) expect(answers).toEqual(expect.arrayContaining(["400", "422"]));
  });
});

test("everything it refers to is in it, and its patterns are such as JSON Schema has", () => {
  const text = JSON.stringify(document);
  for (const [, kind = "", name = ""] of text.matchAll(/"#\/components\/(\w+)\/([\w.-]+)"/g)) {
    expect(document.components).toHaveProperty([kind, name]);
  }
  for (const [, pattern = ""] of text.matchAll(/"pattern":"((?:[^"\\]|\\.)*)"/g)) {
    expect(() => new RegExp(JSON.parse(`"${pattern}"`), "u")).not.toThrow();
    expect(pattern).not.toMatch(/\/u$/);
  }
  expect(document.components.securitySchemes).toHaveProperty("key");
});

/** Asks, and holds the answer against what the document promises for its status. */
async function ask(call: string, path: string, body?: unknown, key: string | null = api.keys.admin) {
  const operation = operationOf(call);
  if (!operation) throw new Error(`${call} is not in the document`);
  const [method = ""] = call.split(" ");
  const answer = await api.call(method.toUpperCase(), path, { key, ...(body === undefined ? {} : { body }) });
  const promised = operation.responses[answer.status] ?? operation.responses.default;
  const response = promised?.$ref ? document.components.responses[promised.$ref.split("/").at(-1) ?? ""] : promised;
  const schema = response?.content?.[answer.type]?.schema;
  expect([call, answer.status, answer.type, schema !== undefined]).toEqual([call, answer.status, answer.type, true]);
  expect([call, answer.status, differences(document, schema, answer.body)]).toEqual([call, answer.status, []]);
  return answer;
}

/** The example of a call, and that its own schema takes it. */
function exampleOf(call: string): unknown {
  const content = operationOf(call)?.requestBody?.content?.["application/json"];
  if (content?.example === undefined) throw new Error(`${call} has no example`);
  expect([call, differences(document, content.schema, content.example)]).toEqual([call, []]);
  return content.example;
}

test("every example is taken, and every answer is as the document says", async () => {
  const make = async (call: string, path: string) => expect((await ask(call, path, exampleOf(call))).status).toBe(201);
  await make("post /api/v1/accounts", "/api/v1/accounts");
  await make("put /api/v1/prices/{sku}", "/api/v1/prices/rtx4090.community");
  await make("post /api/v1/accounts/{id}/deposits", "/api/v1/accounts/cust_42/deposits");
  await make("post /api/v1/deposits/{reference}/reversals", "/api/v1/deposits/inv_1001/reversals");
  await make("post /api/v1/accounts/{id}/grants", "/api/v1/accounts/cust_42/grants");
  await make("post /api/v1/templates", "/api/v1/templates");
  await make("post /api/v1/authorizations", "/api/v1/authorizations");
  const change = "patch /api/v1/authorizations/{reference}";
  expect((await ask(change, "/api/v1/authorizations/pod_abc", exampleOf(change))).status).toBe(200);
  expect((await ask("delete /api/v1/authorizations/{reference}", "/api/v1/authorizations/pod_abc")).status).toBe(200);
  const events = exampleOf("post /api/v1/events");
  expect((await ask("post /api/v1/events", "/api/v1/events", events)).body).toMatchObject({ accepted: 1 });
  const { referralCode } = (await ask("get /api/v1/accounts/{id}", "/api/v1/accounts/cust_42")).body as {
    referralCode: string;
  };
  await api.make("/api/v1/accounts", { externalId: "referred", referralCode, opening: { paid: "100" } });
  const enrolment = "post /api/v1/accounts/{id}/enrolments";
  expect((await ask(enrolment, "/api/v1/accounts/referred/enrolments", exampleOf(enrolment))).status).toBe(201);
  await api.send([charge("referred", "20"), charge("cust_42", "20"), charge("nobody", "1")]);
  for (const call of ["applications", "reviews"]) {
    const decide =
      call === "reviews" ? "post /api/v1/reviews/{id}/decision" : "post /api/v1/applications/{reference}/decision";
    const id = call === "reviews" ? crypto.randomUUID() : "apply_1";
    expect((await ask(decide, `/api/v1/${call}/${id}/decision`, exampleOf(decide))).status).toBe(404);
  }
  const apply = "post /api/v1/accounts/{id}/applications";
  expect((await ask(apply, "/api/v1/accounts/cust_42/applications", exampleOf(apply))).status).toBe(422);
  expect((await ask("post /api/v1/sweep", "/api/v1/sweep")).status).toBe(200);
  const reads: Record<string, string> = {
    "{id}": "cust_42",
    "templates/{id}": "tpl_sd",
  };
  for (const [call] of calls.filter(([each]) => each.startsWith("get ") && !each.includes("{drawId}"))) {
    const [, path = ""] = call.split(" ");
    const id = path.includes("templates/{id}") ? reads["templates/{id}"] : reads["{id}"];
    expect((await ask(call, path.replace("{id}", id ?? ""))).status).toBe(200);
  }
  const account = (await api.account("cust_42")).bonus;
  expect((await ask("get /api/v1/draws/{drawId}", `/api/v1/draws/${account.drawId}`, undefined, null)).status).toBe(
    200,
  );
});

test("every kind of problem is as the document says", async () => {
  const account = "/api/v1/accounts/cust_42";
  expect((await ask("get /api/v1/accounts/{id}", account, undefined, null)).status).toBe(401);
  expect((await ask("get /api/v1/accounts/{id}", account, undefined, api.keys.ingest)).status).toBe(403);
  expect((await ask("get /api/v1/accounts/{id}", "/api/v1/accounts/nobody")).status).toBe(404);
  expect((await ask("post /api/v1/accounts", "/api/v1/accounts", { externalId: "cust_42" })).status).toBe(409);
  expect((await ask("post /api/v1/accounts", "/api/v1/accounts", { externalId: "a b" })).status).toBe(422);
  expect((await ask("post /api/v1/events", "/api/v1/events", [{}])).status).toBe(422);
  expect((await ask("post /api/v1/events", "/api/v1/events", [])).status).toBe(422);
  const asked = { account: "cust_42", reference: "too-much", hourly: "1000" };
  expect((await ask("post /api/v1/authorizations", "/api/v1/authorizations", asked)).status).toBe(402);
  expect((await ask("post /api/v1/authorizations", "/api/v1/authorizations", {})).status).toBe(422);
});
