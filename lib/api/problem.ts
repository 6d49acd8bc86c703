import type { Context as HonoContext } from "hono";
import type { Problem, Refusal, Result } from "@/lib/services/result";

export interface ProblemBody {
  type: string;
  title: string;
  status: number;
  detail: string;
  errors?: { path: string; message: string }[];
}

const titles = {
  400: "Cannot be read",
  401: "Key missing or unknown",
  402: "Work may not run",
  403: "Key does not allow this",
  404: "Not found",
  405: "Method not allowed",
  409: "Conflict",
  413: "Too large",
  422: "Not acceptable",
  429: "Too many requests",
  500: "A fault of ours",
  503: "Not available now",
} as const;
export type ProblemStatus = keyof typeof titles;

/**
 * An RFC 9457 answer: what is wrong and what to do.
 * @param more members that this kind of problem has of its own.
 */
export function problem(
  c: HonoContext,
  status: ProblemStatus,
  detail: string,
  errors?: { path: string; message: string }[],
  more: Readonly<Record<string, string | null>> = {},
): Response {
  const body: ProblemBody = {
    type: "about:blank",
    title: titles[status],
    status,
    detail,
    ...(errors ? { errors } : {}),
    ...more,
  };
  return c.body(JSON.stringify(body), status, { "Content-Type": "application/problem+json" });
}

const statusOf: Record<Refusal, ProblemStatus> = {
  not_found: 404,
  conflict: 409,
  out_of_order: 409,
  invalid: 422,
  unavailable: 503,
};

/** A verb's refusal as the client reads it. */
export function refusal(c: HonoContext, { code, detail, path }: Problem): Response {
  const shown = code === "out_of_order" ? `out_of_order: ${detail}` : detail;
  return problem(c, statusOf[code], shown, path === undefined ? undefined : [{ path, message: detail }]);
}

/** The answer to a call that makes something: 201 the first time, 200 when it was made before. */
export function made<T>(c: HonoContext, result: Result<T>, show: (value: T) => object): Response {
  if (!result.ok) return refusal(c, result.problem);
  return c.json(show(result.value), result.created ? 201 : 200);
}
