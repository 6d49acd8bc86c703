import type { Context, MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";

interface BodySize {
  /** Bytes. */
  max: number;
  onError: (c: Context) => Response;
}

/**
 * Refuses bodies over `max`. One whose length is told is not looked at, since the server in front holds it to that:
 * only to touch a body makes a stream of it, which costs more than reading a small event.
 */
export function bodySize({ max, onError }: BodySize): MiddlewareHandler {
  const counted = bodyLimit({ maxSize: max, onError });
  return async (c, next) => {
    const { method } = c.req;
    if (method === "GET" || method === "HEAD") return next();
    const told = c.req.header("content-length");
    if (told === undefined || c.req.header("transfer-encoding") !== undefined) return counted(c, next);
    if (!(Number(told) <= max)) return onError(c);
    return next();
  };
}
