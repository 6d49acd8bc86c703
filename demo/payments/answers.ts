import { createHash } from "node:crypto";
import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { z } from "zod";
import { find, type Store } from "./store";

type Json = Record<string, unknown>;

export const refuse = (c: Context, status: ContentfulStatusCode, error: Json): Response =>
  c.json({ error: { type: "invalid_request_error", ...error } }, status);

export const missing = (c: Context, what: string): Response =>
  refuse(c, 404, { code: "resource_missing", param: "id", message: `No such ${what}: '${c.req.param("id")}'` });

export function problemOf(error: z.ZodError): Json {
  const [issue] = error.issues;
  const path = [...(issue?.path ?? []), ...(issue?.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [])];
  const param = path.map((key, index) => (index === 0 ? String(key) : `[${String(key)}]`)).join("");
  if (issue?.code === "unrecognized_keys") {
    return { code: "parameter_unknown", param, message: `Received unknown parameter: ${param}` };
  }
  return { code: "parameter_invalid", param, message: `Invalid ${param}: ${issue?.message ?? "not accepted"}` };
}

const keyUsedOtherwise: Json = {
  type: "idempotency_error",
  message: "Keys for idempotent requests can only be used with the same parameters they were first used with.",
};

/** What a request came to: an answer, one that a card refused (402), or nothing that was tried at all. */
export type Acted = { answer: Json; status?: 402 } | { refused: Json };

/** Answers a POST once for each idempotency key: the same content again has the first answer, other content none. */
export async function keyed(c: Context, store: Store, act: (body: string) => Acted): Promise<Response> {
  const body = await c.req.text();
  const key = c.req.header("idempotency-key");
  const digest = createHash("sha256").update(`${c.req.path}\n${body}`).digest("hex");
  const earlier = find(store.state.replies, key);
  if (earlier !== undefined) {
    c.header("idempotent-replayed", "true");
    return earlier.digest === digest ? c.json(earlier.body, earlier.status) : refuse(c, 400, keyUsedOtherwise);
  }
  const done = act(body);
  if ("refused" in done) return refuse(c, 400, done.refused);
  const { answer, status = 200 } = done;
  if (key !== undefined) store.state.replies[key] = { digest, status, body: answer };
  store.save();
  return c.json(answer, status);
}

/** A page of Stripe's lists, newest first: `limit`, `starting_after`, `created[gte]`, `created[lt]`. */
export function listed<T extends { id: string; createdS: number }>(
  c: Context,
  oldestFirst: readonly T[],
  toObject: (each: T) => Json | null,
): Response {
  const { limit, starting_after: after, "created[gte]": since, "created[lt]": until } = c.req.query();
  const within = oldestFirst
    .filter(({ createdS }) => createdS >= Number(since ?? 0) && createdS < Number(until ?? Number.POSITIVE_INFINITY))
    .toReversed();
  const from = after === undefined ? 0 : within.findIndex(({ id }) => id === after) + 1;
  const to = from + Math.min(Number(limit ?? 10) || 10, 100);
  const data = within.slice(from, to).map(toObject);
  return c.json({ object: "list", url: c.req.path, has_more: to < within.length, data });
}
