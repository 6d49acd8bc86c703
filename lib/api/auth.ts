import type { Context as HonoContext, MiddlewareHandler } from "hono";
import type { AccountRef } from "@/lib/ledger/wallet";
import type { Context } from "@/lib/services/context";
import { type Bearer, bearerOf, type Scope } from "@/lib/services/keys/api-keys";
import { keyName } from "@/lib/services/keys/key-name";
import { roomForBody } from "./admission";
import { findAccount, noAccount } from "./find-account";
import { problem } from "./problem";
import { limited } from "./rate-limit";

declare module "hono" {
  interface ContextVariableMap {
    /** Whose own key asks: nothing of anybody else may be answered. Absent for the platform's keys. */
    customer: AccountRef | undefined;
  }
}

/** A key that was looked up is trusted for so long: revoking one takes effect within it. */
const TRUSTED_MS = 1_000;
const KEYS_CACHED_MAX = 1_000;

type Known = Map<string, { bearer: Bearer; until: number }>;
const caches = new WeakMap<Context, Known>();

/** What a customer's own key may ask of a call: about itself, or nothing. */
type ForCustomers = "own" | "none";

/** What guards a call, for the document and for the call itself. */
export const scoped = (ctx: Context, scope: Scope, forCustomers: ForCustomers = "own") => ({
  security: [{ key: [scope] }],
  middleware: requireScope(ctx, scope, forCustomers),
});

/**
 * Lets a request through whose key has the scope, and has asked no more than it may. No or unknown key: 401; another
 * scope: 403. A customer's own key is answered as if nobody else were here.
 */
export function requireScope(ctx: Context, scope: Scope, forCustomers: ForCustomers = "own"): MiddlewareHandler {
  return async (c, next) => {
    const key = keyIn(c.req.header("Authorization") ?? "");
    const bearer = key === null ? null : await known(ctx, key);
    if (!bearer) {
      c.header("WWW-Authenticate", "Bearer");
      return problem(c, 401, "Send a valid key as Authorization: Bearer tsk_…; npm run key makes one");
    }
    if (!bearer.scopes.has(scope)) return problem(c, 403, `This call needs a key with the scope ${scope}`);
    const { customer } = bearer;
    const tooMany = customer ? limited(c, "customer", customer.id) : limited(c, scope, bearer.hash);
    if (tooMany) return tooMany;
    const crowded = roomForBody(c);
    if (crowded) return crowded;
    if (customer) {
      if (forCustomers === "none")
        return problem(c, 403, "This call is for the platform's keys, not for a customer's own");
      if (await isAboutAnother(ctx, c, customer)) return noAccount(c);
      c.set("customer", customer);
    }
    return next();
  };
}

/** Whether the path names an account that is not the customer's: another's, or nobody's. Both get the same answer. */
async function isAboutAnother(ctx: Context, c: HonoContext, customer: AccountRef): Promise<boolean> {
  if (!c.req.path.startsWith("/api/v1/accounts/")) return false;
  const name = c.req.param("id");
  const account = name === undefined ? null : await findAccount(ctx, name);
  return account?.id !== customer.id;
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

async function known(ctx: Context, key: string): Promise<Bearer | null> {
  const cache: Known = caches.get(ctx) ?? new Map();
  caches.set(ctx, cache);
  const found = cache.get(key);
  const now = Date.now();
  if (found && found.until > now) return found.bearer;
  const bearer = await bearerOf(ctx, key);
  if (cache.size >= KEYS_CACHED_MAX) cache.clear();
  if (bearer) cache.set(key, { bearer, until: now + TRUSTED_MS });
  else cache.delete(key);
  return bearer;
}
