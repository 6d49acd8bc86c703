import { addressSubject, limitHeaders, tooMany } from "@/lib/api/rate-limit";
import { readEnv } from "@/lib/env";
import { forwardedAddress } from "@/lib/services/limits/forwarded-address";
import { type Policy, parseLimits } from "@/lib/services/limits/policies";
import { RateLimiter } from "@/lib/services/limits/rate-limiter";
import { context } from "./context";

// Next's development server loads this module once per bundle; the counts of the process must still be one's.
const held = globalThis as typeof globalThis & { tenspotLimiter?: RateLimiter };

/** The web process's own, for the machine API and for what people look up. */
export function limiter(): RateLimiter {
  if (held.tenspotLimiter) return held.tenspotLimiter;
  const { RATE_LIMITS, TRUSTED_PROXIES } = readEnv(["RATE_LIMITS", "TRUSTED_PROXIES"]);
  held.tenspotLimiter = new RateLimiter(context(), parseLimits(RATE_LIMITS), TRUSTED_PROXIES);
  return held.tenspotLimiter;
}

/** Counts a visit by its address. @returns what to answer when that were too many, in words for a person. */
export function takeVisit(headers: Headers, policy: Policy): Response | null {
  const address = forwardedAddress(headers.get("x-forwarded-for"), limiter().proxies) ?? "unknown";
  const taken = limiter().take(policy, addressSubject(address));
  if (taken === null || taken.ok) return null;
  return new Response(tooMany(taken), {
    status: 429,
    headers: { ...limitHeaders(taken), "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" },
  });
}
