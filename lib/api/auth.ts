import type { Context as HonoContext, MiddlewareHandler } from "hono";
import type { Context } from "@/lib/services/context";
import { type Scope, scopesOf } from "@/lib/services/keys/api-keys";
import { keyName } from "@/lib/services/keys/key-name";
import { problem } from "./problem";

/** A key that was looked up is trusted for so long: revoking one takes effect within it. */
const TRUSTED_MS = 1_000;
const KEYS_CACHED_MAX = 1_000;

type Known = Map<string, { scopes: ReadonlySet<Scope>; until: number }>;
const caches = new WeakMap<Context, Known>();

/** Lets a request through whose key has the scope. No or unknown key: 401; another scope: 403. */
export function requireScope(ctx: Context, scope: Scope): MiddlewareHandler {
  return async (c, next) => {
    const key = keyIn(c.req.header("Authorization") ?? "");
    const given = key === null ? null : await knownScopes(ctx, key);
    if (!given) {
      c.header("WWW-Authenticate", "Bearer");
      return problem(c, 401, "Send a valid key as Authorization: Bearer tsk_…; npm run key makes one");
    }
    if (!given.has(scope)) return problem(c, 403, `This call needs a key with the scope ${scope}`);
    return next();
  };
}

/** Who a request acts as, for the audit log. The key was looked up by `requireScope`. */
export async function actorOf(ctx: Context, c: HonoContext): Promise<string> {
  const key = keyIn(c.req.header("Authorization") ?? "");
  return `key:${(key !== null && (await keyName(ctx, key))) || "unknown"}`;
}

/** The scheme is read in any case, the key as it is. */
function keyIn(authorization: string): string | null {
  const [, scheme = "", key = ""] = /^([A-Za-z]+) (tsk_[A-Za-z0-9_-]{1,128})$/.exec(authorization) ?? [];
  return scheme.toLowerCase() === "bearer" ? key : null;
}

async function knownScopes(ctx: Context, key: string): Promise<ReadonlySet<Scope> | null> {
  const cache: Known = caches.get(ctx) ?? new Map();
  caches.set(ctx, cache);
  const known = cache.get(key);
  const now = Date.now();
  if (known && known.until > now) return known.scopes;
  const found = await scopesOf(ctx, key);
  if (cache.size >= KEYS_CACHED_MAX) cache.clear();
  if (found) cache.set(key, { scopes: found, until: now + TRUSTED_MS });
  else cache.delete(key);
  return found;
}
