import { createHash } from "node:crypto";
import type { Context as HonoContext, MiddlewareHandler } from "hono";
import type { Policy } from "@/lib/services/limits/policies";
import type { RateLimiter, Taken } from "@/lib/services/limits/rate-limiter";
import { clientAddress } from "./client-address";
import { problem } from "./problem";

declare module "hono" {
  interface ContextVariableMap {
    limiter: RateLimiter;
  }
}

/**
 * Counts a request against what `subject` may ask in a minute, and says so in the answer's headers.
 * @returns the 429 to answer, or null.
 */
export function limited(c: HonoContext, policy: Policy, subject: string): Response | null {
  const taken = c.get("limiter").take(policy, subject);
  if (taken === null) return null;
  for (const [name, value] of Object.entries(limitHeaders(taken))) c.header(name, value);
  if (taken.ok) return null;
  return problem(c, 429, tooMany(taken));
}

/** For calls that anyone may make: by the address they come from. */
export const limitByAddress =
  (policy: Policy): MiddlewareHandler =>
  async (c, next) =>
    limited(c, policy, addressSubject(clientAddress(c))) ?? next();

/** Addresses are kept for minutes, and not as they are. */
export const addressSubject = (address: string): string =>
  createHash("sha256").update(address).digest("hex").slice(0, 32);

export const tooMany = ({ limit, resetSeconds }: Taken): string =>
  `That was more than ${limit.toLocaleString("en-US")} requests in a minute. Nothing was done; send the same again in ${resetSeconds} s`;

/** draft-ietf-httpapi-ratelimit-headers-10, with `Retry-After` where the request was refused. */
export function limitHeaders({
  ok,
  policy,
  limit,
  remaining,
  windowSeconds,
  resetSeconds,
}: Taken): Record<string, string> {
  return {
    "RateLimit-Policy": `"${policy}";q=${limit};w=${windowSeconds}`,
    RateLimit: `"${policy}";r=${remaining};t=${resetSeconds}`,
    ...(ok ? {} : { "Retry-After": String(resetSeconds) }),
  };
}
