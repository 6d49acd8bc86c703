import { z } from "zod";

/** A field of a request or an answer, as a reader wants it. */
export interface ReferenceField {
  /** Of a member inside: `opening.paid`, `data[].at`. */
  name: string;
  /** "string", "object or null" */
  type: string;
  /** What it must be within: "1 to 256 characters", "one of pod, serverless, storage". */
  bounds: string[];
  required: boolean;
  description: string;
}

export interface ReferenceCall {
  /** Names its place on the page. */
  anchor: string;
  method: string;
  path: string;
  /** Null for what anyone may ask. */
  scope: string | null;
  summary: string;
  description: string;
  parameters: ReferenceField[];
  body: ReferenceField[];
  answer: ReferenceField[];
  statuses: { status: string; description: string }[];
  /** A request that can be sent as it is, but for the key. */
  example: string;
}

export interface ReferenceGroup {
  name: string;
  description: string;
  calls: ReferenceCall[];
}

/** What is told to webhooks of one kind. */
export interface ReferenceMessage {
  type: string;
  description: string;
  fields: ReferenceField[];
}

interface Schema {
  $ref?: string | undefined;
  type?: string | string[] | undefined;
  enum?: unknown[] | undefined;
  const?: unknown;
  default?: unknown;
  format?: string | undefined;
  pattern?: string | undefined;
  minLength?: number | undefined;
  maxLength?: number | undefined;
  minimum?: number | undefined;
  maximum?: number | undefined;
  maxItems?: number | undefined;
  description?: string | undefined;
  properties?: Record<string, Schema> | undefined;
  required?: string[] | undefined;
  items?: Schema | undefined;
  anyOf?: Schema[] | undefined;
}

const Schema: z.ZodType<Schema> = z.lazy(() =>
  z.object({
    $ref: z.string().optional(),
    type: z.union([z.string(), z.array(z.string())]).optional(),
    enum: z.array(z.unknown()).optional(),
    const: z.unknown().optional(),
    default: z.unknown().optional(),
    format: z.string().optional(),
    pattern: z.string().optional(),
    minLength: z.number().optional(),
    maxLength: z.number().optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    maxItems: z.number().optional(),
    description: z.string().optional(),
    properties: z.record(z.string(), Schema).optional(),
    required: z.array(z.string()).optional(),
    items: Schema.optional(),
    anyOf: z.array(Schema).optional(),
  }),
);

const Contents = z.record(z.string(), z.object({ schema: Schema.optional(), example: z.unknown().optional() }));
const Answer = z.object({
  $ref: z.string().optional(),
  description: z.string().default(""),
  content: Contents.optional(),
});

const Operation = z.object({
  tags: z.array(z.string()).min(1),
  summary: z.string(),
  description: z.string().default(""),
  operationId: z.string(),
  security: z.array(z.object({ key: z.array(z.string()) })).optional(),
  parameters: z
    .array(
      z.object({
        name: z.string(),
        in: z.string(),
        required: z.boolean().default(false),
        description: z.string().default(""),
        example: z.string().optional(),
        schema: Schema,
      }),
    )
    .default([]),
  requestBody: z.object({ content: Contents }).optional(),
  responses: z.record(z.string(), Answer),
});
type Operation = z.infer<typeof Operation>;

const Document = z.object({
  info: z.object({ description: z.string() }),
  tags: z.array(z.object({ name: z.string(), description: z.string() })),
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  webhooks: z.record(
    z.string(),
    z.object({ post: z.object({ description: z.string(), requestBody: z.object({ content: Contents }) }) }),
  ),
  components: z.object({ schemas: z.record(z.string(), Schema), responses: z.record(z.string(), Answer) }),
});
type Document = z.infer<typeof Document>;

export interface Reference {
  intro: string[];
  groups: ReferenceGroup[];
  messages: ReferenceMessage[];
}

/**
 * The document of the machine API as people read it: by group, in its own order.
 * @param json the document as it is served.
 * @param origin where the product is reached, for the examples.
 * @throws ZodError when it is no such document.
 */
export function readReference(json: unknown, origin: string): Reference {
  const document = Document.parse(json);
  const calls = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({
      group: operation.tags[0],
      call: callOf(document, { origin, method: method.toUpperCase(), path, operation }),
    })),
  );
  return {
    intro: document.info.description.split("\n\n"),
    groups: document.tags.map(({ name, description }) => ({
      name,
      description,
      calls: calls.filter(({ group }) => group === name).map(({ call }) => call),
    })),
    messages: Object.entries(document.webhooks).map(([type, { post }]) => ({
      type,
      description: post.description,
      fields: fieldsOf(document, schemaIn(post.requestBody.content)),
    })),
  };
}

interface Place {
  origin: string;
  method: string;
  path: string;
  operation: Operation;
}

function callOf(document: Document, place: Place): ReferenceCall {
  const { method, path, operation } = place;
  const answers = Object.entries(operation.responses)
    .filter(([status]) => status !== "default")
    .map(([status, answer]) => ({ status, ...answerOf(document, answer) }));
  const made = answers.find(({ status }) => status.startsWith("2"));
  return {
    anchor: operation.operationId.replaceAll("_", "-"),
    method,
    path,
    scope: operation.security?.[0]?.key[0] ?? null,
    summary: operation.summary,
    description: operation.description,
    parameters: operation.parameters.map(({ name, required, description, schema }) => ({
      ...fieldOf(document, { name, schema, required }),
      description,
    })),
    body: fieldsOf(document, schemaIn(operation.requestBody?.content)),
    answer: fieldsOf(document, schemaIn(made?.content)),
    statuses: answers.map(({ status, description }) => ({ status, description })),
    example: exampleOf(place),
  };
}

function answerOf({ components }: Document, answer: z.infer<typeof Answer>): z.infer<typeof Answer> {
  return (answer.$ref && components.responses[nameIn(answer.$ref)]) || answer;
}

const nameIn = (ref: string): string => ref.split("/").at(-1) ?? "";

const schemaIn = (contents: z.infer<typeof Contents> | undefined): Schema | undefined =>
  contents?.["application/json"]?.schema ?? Object.values(contents ?? {})[0]?.schema;

/** What a reference stands for; of several that may be sent, the first. */
function resolved({ components }: Document, schema: Schema): Schema {
  let found = schema;
  while (found.$ref !== undefined || found.anyOf) {
    const next: Schema | undefined =
      found.$ref === undefined ? found.anyOf?.[0] : components.schemas[nameIn(found.$ref)];
    if (!next) break;
    found = next;
  }
  return found;
}

const DEPTH_MAX = 4;

/** The members of an object, and of the objects inside it, each with the way to it. */
function fieldsOf(document: Document, schema: Schema | undefined, before = "", depth = 0): ReferenceField[] {
  if (!schema || depth > DEPTH_MAX) return [];
  const { properties = {}, required = [], items } = resolved(document, schema);
  if (items) return fieldsOf(document, items, `${before}[].`.replace(/^\[\]\.$/, "[]."), depth + 1);
  return Object.entries(properties).flatMap(([member, each]) => {
    const name = `${before}${member}`;
    const own = fieldOf(document, { name, schema: each, required: required.includes(member) });
    const inside = resolved(document, each);
    const below = inside.items
      ? fieldsOf(document, inside.items, `${name}[].`, depth + 1)
      : fieldsOf(document, inside, `${name}.`, depth + 1);
    return [own, ...below];
  });
}

function fieldOf(
  document: Document,
  { name, schema, required }: { name: string; schema: Schema; required: boolean },
): ReferenceField {
  const rules = { ...resolved(document, schema), ...(schema.description ? { description: schema.description } : {}) };
  const types = [rules.type ?? (rules.const === undefined ? "anything" : "string")].flat();
  return { name, type: types.join(" or "), bounds: boundsOf(rules), required, description: rules.description ?? "" };
}

/** Patterns that are better said in words. */
const patternWords: Readonly<Record<string, string>> = {
  "^[A-Za-z0-9._:@~-]{1,128}$": "1 to 128 of A–Z a–z 0–9 . _ : @ ~ -",
  "^[^\\p{Cc}\\p{Cs}]*$": "no control characters",
  "^[0-9]+(\\.[0-9]{1,9})?$": "dollars",
  "^[A-Za-z0-9-]{1,32}$": "1 to 32 letters, digits or dashes",
};

function boundsOf({ enum: listed, const: only, pattern, format, ...rules }: Schema): string[] {
  const bounds: string[] = [];
  const choices = listed?.filter((each) => each !== null) ?? [];
  if (choices.length > 0) bounds.push(choices.length === 1 ? `always ${choices[0]}` : `one of ${choices.join(", ")}`);
  if (only !== undefined) bounds.push(`always ${JSON.stringify(only)}`);
  if (format) bounds.push(format === "date-time" ? "RFC 3339" : format);
  const characters = range(rules.minLength, rules.maxLength);
  if (characters) bounds.push(`${characters} characters`);
  const numbers = range(rules.minimum, rules.maximum);
  if (numbers) bounds.push(numbers);
  if (rules.maxItems !== undefined) bounds.push(`at most ${rules.maxItems}`);
  if (pattern && format === undefined) bounds.push(patternWords[pattern] ?? pattern);
  if (rules.default !== undefined) bounds.push(`${String(rules.default)} when absent`);
  return bounds;
}

function range(least: number | undefined, most: number | undefined): string | null {
  if (most === undefined || most >= Number.MAX_SAFE_INTEGER) return least === undefined ? null : `${least} or more`;
  return least === undefined ? `at most ${most}` : `${least} to ${most}`;
}

function exampleOf({ origin, method, path, operation }: Place): string {
  const address = operation.parameters.reduce(
    (filled, { name, in: place, example }) =>
      place === "path" ? filled.replace(`{${name}}`, example ?? name) : filled,
    path,
  );
  const { "application/json": sent } = operation.requestBody?.content ?? {};
  const lines = [`curl${method === "GET" ? "" : ` -X ${method}`} ${origin}${address}`];
  if (operation.security) lines.push(`-H "Authorization: Bearer $TENSPOT_KEY"`);
  if (sent?.example !== undefined) {
    lines.push(`-H "Content-Type: application/json"`);
    lines.push(`-d '${JSON.stringify(sent.example, null, 2)}'`);
  }
  return lines.join(" \\\n  ");
}
