import { eventKey } from "@/lib/ledger/event-keys";
import { parseAmount, parseQuantity } from "@/lib/money/parse";
import { type Service, services } from "@/lib/programs/account";
import { readInstant } from "@/lib/services/instant";
import { namePattern, printable } from "@/lib/services/names";
import { digestOf } from "./digest";
import type { AnyEvent, Rejection, UsageEvent } from "./event";

type Fields = Readonly<Record<string, unknown>>;

const TEXT_MAX = 256;
/** Above any duration that could be accepted, below what 64 bits hold. */
const DURATION_DIGITS_MAX = 15;
const duration = /^([0-9]+)(?:\.[0-9]+)?$/;

class Refused extends Error {
  constructor(
    readonly reason: Rejection["reason"],
    detail: string,
  ) {
    super(detail);
  }
}

const refuse = (reason: Rejection["reason"], path: string, message: string): never => {
  throw new Refused(reason, `${path} ${message}`);
};

const invalid = (path: string, message: string): never => refuse("invalid", path, message);

const isObject = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function text(fields: Fields, name: string, path: string): string {
  return optionalText(fields, name, path) ?? invalid(path, "is required: a string of 1 to 256 characters");
}

function optionalText(fields: Fields, name: string, path: string): string | null {
  const value = fields[name];
  if (value === undefined || value === null) return null;
  if (typeof value !== "string" || value.length === 0 || value.length > TEXT_MAX) {
    return invalid(path, "must be a string of 1 to 256 characters");
  }
  return printable.test(value) ? value : invalid(path, "must not contain control characters");
}

function readDuration(value: unknown): bigint | null {
  if (value === undefined || value === null) return null;
  const digits = typeof value === "number" || typeof value === "string" ? duration.exec(String(value))?.[1] : undefined;
  if (digits === undefined) {
    return invalid("data.durationMs", "must be milliseconds, a whole number from 0 up, such as 60000");
  }
  return digits.replace(/^0+/, "").length > DURATION_DIGITS_MAX
    ? refuse("too_long", "data.durationMs", "is over 366 days; send shorter intervals")
    : BigInt(digits);
}

const isService = (value: string): value is Service => (services as readonly string[]).includes(value);

function readService(data: Fields): Service | null {
  const value = data.service;
  if (value === undefined || value === null) return null;
  return typeof value === "string" && isService(value)
    ? value
    : invalid("data.service", "must be pod, serverless or storage");
}

/**
 * Reads one CloudEvents 1.0 usage event.
 * @returns the event, or why it is refused, naming the field: `invalid`, or beyond what 64 bits hold.
 */
export function readEvent(input: unknown): AnyEvent | Rejection {
  try {
    return read(input);
  } catch (error) {
    if (error instanceof Refused) return { reason: error.reason, detail: error.message };
    throw error;
  }
}

function read(input: unknown): AnyEvent {
  if (!isObject(input)) return invalid("event", "must be a JSON object");
  if (input.specversion !== "1.0") return invalid("specversion", 'must be "1.0"');
  const { type } = input;
  if (type !== "usage" && type !== "usage.void") return invalid("type", "must be usage or usage.void");
  const source = text(input, "source", "source");
  const id = text(input, "id", "id");
  const { subject } = input;
  if (typeof subject !== "string" || !namePattern.test(subject)) {
    return invalid("subject", "is required: the externalId of an account");
  }
  const endedAtMs = readInstant(input.time);
  if (endedAtMs === null)
    return invalid("time", "is required: RFC 3339 with an offset, such as 2026-11-21T10:00:00.000Z");
  const { data } = input;
  if (type === "usage.void") {
    const voids = readVoids(data);
    const digest = digestOf([subject, type, endedAtMs, voids.source, voids.id]);
    return { subject, endedAtMs, voids, key: eventKey({ source, id }, digest) };
  }
  if (!isObject(data)) return invalid("data", "is required: an object with sku and durationMs, or amount and service");
  return readUsage(data, { source, id, subject, endedAtMs });
}

interface Envelope {
  source: string;
  id: string;
  subject: string;
  endedAtMs: number;
}

function readUsage(data: Fields, { source, id, subject, endedAtMs }: Envelope): UsageEvent {
  const sku = optionalText(data, "sku", "data.sku");
  const service = readService(data);
  const durationMs = readDuration(data.durationMs);
  const quantity = data.quantity ?? 1;
  const parsedQuantity = parseQuantity(quantity);
  if (!parsedQuantity.ok) return invalid("data.quantity", parsedQuantity.message);
  const amount = data.amount ?? null;
  const parsedAmount = amount === null ? null : parseAmount(amount);
  if (parsedAmount && !parsedAmount.ok) {
    return parsedAmount.isBeyond
      ? refuse("too_large", "data.amount", "is over $1,000,000")
      : invalid("data.amount", parsedAmount.message);
  }
  if (!parsedAmount) {
    if (sku === null) return invalid("data.sku", "is required unless amount and service are sent");
    if (durationMs === null) return invalid("data.durationMs", "is required unless amount and service are sent");
  } else if (service === null && sku === null) {
    return invalid("data.service", "is required with amount: pod, serverless or storage");
  }
  const quantityMilli = parsedQuantity.milli;
  const nanos = parsedAmount?.nanos ?? null;
  const resource = optionalText(data, "resource", "data.resource");
  const template = optionalText(data, "template", "data.template");
  const numbers = [durationMs ?? 0n, quantityMilli, nanos];
  const digest = digestOf([subject, "usage", endedAtMs, sku, service, ...numbers, resource, template]);
  return {
    key: eventKey({ source, id }, digest),
    subject,
    endedAtMs,
    sku,
    service,
    durationMs: durationMs ?? 0n,
    quantityMilli,
    amount: nanos,
    resource,
    template,
  };
}

function readVoids(data: unknown): { source: string; id: string } {
  const voids = isObject(data) ? data.voids : undefined;
  if (!isObject(voids)) return invalid("data.voids", "is required: the source and id of the event to take back");
  return { source: text(voids, "source", "data.voids.source"), id: text(voids, "id", "data.voids.id") };
}
