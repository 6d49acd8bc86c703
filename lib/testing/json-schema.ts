/** What a schema of the document may say. The rest is for people. */
interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  anyOf?: Schema[];
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
}

interface Described {
  components: { schemas: Record<string, unknown> };
}

const typeOf = (value: unknown): string =>
  value === null ? "null" : Array.isArray(value) ? "array" : typeof value === "number" ? "number" : typeof value;

const isType = (type: string, value: unknown): boolean =>
  type === "integer" ? Number.isInteger(value) : type === typeOf(value);

/**
 * Where `value` is not what `schema` says, by JSON Schema as far as the document uses it. Of objects that do not say
 * otherwise, a member that is not named is a difference too: what is answered must be documented.
 */
export function differences(document: Described, schema: unknown, value: unknown, at = "$"): string[] {
  const { $ref, ...rules } = schema as Schema;
  if ($ref !== undefined) return differences(document, referred(document, $ref), value, at);
  if (rules.anyOf) {
    const each = rules.anyOf.map((one) => differences(document, one, value, at));
    return each.some((found) => found.length === 0) ? [] : [`${at}: none of ${each.length}: ${each.flat().join("; ")}`];
  }
  const types = rules.type === undefined ? [] : [rules.type].flat();
  if (types.length > 0 && !types.some((type) => isType(type, value))) {
    return [`${at}: ${typeOf(value)} where ${types.join(" or ")} is promised`];
  }
  if (rules.enum && !rules.enum.includes(value) && value !== null)
    return [`${at}: ${JSON.stringify(value)} is not listed`];
  if (rules.const !== undefined && rules.const !== value) return [`${at}: is not ${JSON.stringify(rules.const)}`];
  if (typeof value === "string") return ofText(rules, value, at);
  if (typeof value === "number") {
    const isWithin = value >= (rules.minimum ?? value) && value <= (rules.maximum ?? value);
    return isWithin ? [] : [`${at}: ${value} is out of bounds`];
  }
  const { items } = rules;
  if (Array.isArray(value)) {
    return items ? value.flatMap((each, index) => differences(document, items, each, `${at}[${index}]`)) : [];
  }
  return typeof value === "object" && value !== null ? ofObject(document, rules, value, at) : [];
}

function referred({ components }: Described, ref: string): unknown {
  const found = components.schemas[ref.split("/").at(-1) ?? ""];
  if (found === undefined) throw new Error(`The document has no ${ref}`);
  return found;
}

function ofText({ pattern, minLength = 0, maxLength = Number.POSITIVE_INFINITY }: Schema, value: string, at: string) {
  if (value.length < minLength || value.length > maxLength) return [`${at}: has ${value.length} characters`];
  return pattern === undefined || new RegExp(pattern, "u").test(value) ? [] : [`${at}: ${value} is not ${pattern}`];
}

function ofObject(document: Described, rules: Schema, value: object, at: string): string[] {
  const { properties, required = [], additionalProperties } = rules;
  const missing = required.filter((name) => !(name in value)).map((name) => `${at}.${name}: is missing`);
  const members = Object.entries(value).flatMap(([name, each]) => {
    const member = properties?.[name] ?? (typeof additionalProperties === "object" ? additionalProperties : undefined);
    if (member) return differences(document, member, each, `${at}.${name}`);
    return properties === undefined || additionalProperties === true ? [] : [`${at}.${name}: is not documented`];
  });
  return [...missing, ...members];
}
