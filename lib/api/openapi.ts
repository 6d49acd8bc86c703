import { z } from "@hono/zod-openapi";
import type { Api } from "./app";
import { groups, operations } from "./operations";
import { Problem } from "./schemas";

type Document = ReturnType<Api["getOpenAPI31Document"]>;
type PathItem = NonNullable<Document["paths"]>[string];
type Operation = NonNullable<PathItem["get"]>;
type Responses = NonNullable<Operation["responses"]>;

const methods = ["get", "put", "post", "patch", "delete"] as const;

const intro = `The machine API of a Tenspot: what the operator's platform and its tools rely on.

Send a key as \`Authorization: Bearer tsk_…\`. Its scopes are \`ingest\`, \`read\` and \`admin\`, which implies both. A customer's own key reads what belongs to that customer alone: any other id is 404.

Amounts are decimal strings in dollars with up to nine digits after the point. Times are RFC 3339 with an offset, answered in UTC with milliseconds. Lists answer \`data\` and \`next\`, the cursor of the page after, or null.

Every POST that makes something is keyed by the client: the same content again answers 200 and changes nothing, other content is 409. Errors are problems of RFC 9457. Every answer to a key carries \`RateLimit\` and \`RateLimit-Policy\`; 429 says in \`Retry-After\` when to send the same again.

What happens is told to webhooks too, at least once and in no promised order, by Standard Webhooks: \`webhook-id\` is the same in every attempt, and \`webhook-signature\` covers it, \`webhook-timestamp\` and the body. What is not answered by 200 to 299 within ten seconds comes again, for three days; redirects are not followed. An operator makes the endpoint and is shown its secret once.`;

/** Problems by status: what each means. */
const refusals = {
  400: ["Unreadable", "It cannot be read as JSON, or not as what it says it is."],
  401: ["KeyUnknown", "No key, or one that nobody issued or that was revoked."],
  403: ["KeyNotAllowed", "The key has another scope, or is a customer's own and this is the platform's."],
  404: ["NotFound", "There is nothing of that name, or not for this key."],
  409: ["Conflict", "The same key with other content, or something that has to come first (`out_of_order`)."],
  413: ["TooLarge", "Over 5 MB, or over 10,000 events."],
  422: ["NotAcceptable", "It was read and is refused; `errors` says which field and why."],
  429: ["TooMany", "More than the key, or the address, may ask in a minute; `Retry-After` says when to go on."],
} as const;
type Status = keyof typeof refusals;

interface ParameterWords {
  description: string;
  example?: string;
}

/** Parameters in a path, by where they stand; and those of every list. */
const parameterWords: Readonly<Record<string, ParameterWords>> = {
  "accounts/{id}": {
    description: "Any name of the account: the platform's own, or the `acc_…` it began with.",
    example: "cust_42",
  },
  "templates/{id}": { description: "The template's externalId.", example: "tpl_sd" },
  "reviews/{id}": { description: "The review's id.", example: "01938c2e-7d1a-7000-8000-000000000000" },
  "draws/{drawId}": {
    description: "The draw's id, fixed at sign-up.",
    example: "01938c2e-7d1a-7000-8000-000000000000",
  },
  "deposits/{reference}": { description: "The deposit's reference.", example: "inv_1001" },
  "authorizations/{reference}": { description: "The authorization's reference.", example: "pod_abc" },
  "applications/{reference}": { description: "The application's reference.", example: "apply_1" },
  "prices/{sku}": { description: "What is priced.", example: "rtx4090.community" },
  cursor: { description: "The `next` of the answer before." },
  limit: { description: "Most that one answer holds." },
  email: { description: "Accounts with exactly this address." },
  updatedSince: { description: "Accounts whose record or numbers changed then or later." },
  bucket: { description: "How time is divided, UTC." },
  by: { description: "What charges are added up by." },
  state: { description: "Only those that are open, or decided." },
  atomic: { description: "One bad event refuses all." },
};

const documents = new WeakMap<Api, Document>();

/** The document of everything `app` serves, made from the schemas that judge requests. Made once. */
export function apiDocument(app: Api): Document {
  const made = documents.get(app) ?? describe(app);
  documents.set(app, made);
  return made;
}

function describe(app: Api): Document {
  const document = app.getOpenAPI31Document({
    openapi: "3.1.0",
    info: { title: "Tenspot", version: "1", description: intro },
    tags: Object.entries(groups).map(([name, description]) => ({ name, description })),
  });
  const paths = document.paths ?? {};
  for (const [path, item] of Object.entries(paths)) {
    for (const method of methods) {
      const operation = item[method];
      if (operation) complete(operation, path, method);
    }
  }
  document.paths = inOrder(paths);
  document.components = { ...document.components, responses: responses() };
  return withPlainPatterns(document);
}

function complete(operation: Operation, path: string, method: (typeof methods)[number]): void {
  const key = `${method.toUpperCase()} ${path}`;
  const words = operations[key];
  if (!words) throw new Error(`${key} has no words in the reference`);
  operation.tags = [words.group];
  operation.summary = words.summary;
  if (words.description) operation.description = words.description;
  operation.operationId = [method, ...path.replace("/api/v1", "").split(/[^A-Za-z]+/)]
    .filter(Boolean)
    .join("_")
    .toLowerCase();
  for (const parameter of operation.parameters ?? []) {
    if ("name" in parameter) Object.assign(parameter, wordsOf(path, parameter.name));
  }
  const { requestBody } = operation;
  if (words.example !== undefined && requestBody && "content" in requestBody) {
    for (const [type, content] of Object.entries(requestBody.content)) {
      const { example } = words;
      content.example = type === "application/cloudevents+json" && Array.isArray(example) ? example[0] : example;
    }
  }
  operation.responses = { ...operation.responses, ...refusalsOf(operation, path) };
}

function wordsOf(path: string, name: string): ParameterWords | undefined {
  const place = new RegExp(`([a-z]+)/\\{${name}\\}`).exec(path)?.[1];
  return parameterWords[place === undefined ? name : `${place}/{${name}}`];
}

/** Which problems a call may answer; those it describes itself stay as they are. */
function refusalsOf(operation: Operation, path: string): Responses {
  const statuses = new Set<Status>();
  if (operation.security) for (const status of [401, 403, 429] as const) statuses.add(status);
  if (operation.requestBody) for (const status of [400, 409, 413, 422] as const) statuses.add(status);
  if (operation.parameters?.some((parameter) => "in" in parameter && parameter.in === "query")) statuses.add(422);
  if (path.includes("{") && !path.includes("{sku}")) statuses.add(404);
  if (path === "/api/v1/draws/{drawId}") statuses.add(429);
  const described = Object.keys(operation.responses ?? {});
  const added = [...statuses].filter((status) => !described.includes(String(status)));
  return Object.fromEntries(added.map((status) => [status, { $ref: `#/components/responses/${refusals[status][0]}` }]));
}

const responses = () =>
  Object.fromEntries(
    Object.values(refusals).map(([name, description]) => [
      name,
      { description, content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } } },
    ]),
  );

/** As the reference reads; a path stands where its first call does. */
function inOrder(paths: NonNullable<Document["paths"]>): NonNullable<Document["paths"]> {
  const known = Object.keys(operations).map((key) => key.split(" ")[1] ?? "");
  const ordered = [...new Set(known)].flatMap((path) => (paths[path] ? [[path, paths[path]] as const] : []));
  return Object.fromEntries(ordered);
}

/** The library writes a pattern's flags behind it, which JSON Schema has no place for: its patterns are Unicode anyway. */
function withPlainPatterns<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (key, each: unknown) =>
    key === "pattern" && typeof each === "string" ? each.replace(/\/u$/, "") : each,
  ) as T;
}

/** Calls that are served without a route of the library. */
export function registerPlainCalls(app: Api): void {
  const json = (schema: z.ZodType, description: string) => ({
    200: { description, content: { "application/json": { schema } } },
  });
  app.openAPIRegistry.register("Problem", Problem);
  app.openAPIRegistry.registerPath({
    method: "get",
    path: "/.well-known/credit-programs.json",
    responses: json(Programs, "Terms, odds and beacons"),
  });
  app.openAPIRegistry.registerPath({
    method: "get",
    path: "/api/v1/openapi.json",
    responses: json(z.record(z.string(), z.unknown()), "OpenAPI 3.1"),
  });
}

const Programs = z
  .object({
    programs: z.array(
      z.object({
        program: z.string(),
        version: z.string(),
        effectiveFrom: z.string(),
        effectiveUntil: z.string().nullable(),
        parameters: z.record(z.string(), z.unknown()).openapi({ description: "The terms as the ledger runs on them." }),
        oddsHash: z.string().optional(),
        sentences: z.unknown().openapi({ description: "The same terms in words." }),
      }),
    ),
    beacons: z
      .record(z.string(), z.unknown())
      .openapi({ description: "What draws are bound to, and what checks them." }),
  })
  .openapi("Programs");
