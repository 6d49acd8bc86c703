import { createHash, randomBytes } from "node:crypto";
import { and, eq, isNull } from "drizzle-orm";
import { apiKeys } from "@/db/schema/keys";
import type { AccountRef } from "@/lib/ledger/wallet";
import type { Context } from "@/lib/services/context";

export const scopes = ["ingest", "read", "admin"] as const;
export type Scope = (typeof scopes)[number];

export const hashOf = (key: string): string => createHash("sha256").update(key).digest("hex");

export const newKey = (): string => `tsk_${randomBytes(32).toString("base64url")}`;

/** Makes a key and keeps its hash. The key itself is shown once, to the caller. */
export async function issueKey(ctx: Context, input: { name: string; scopes: readonly Scope[] }): Promise<string> {
  const key = newKey();
  await ctx.db
    .insert(apiKeys)
    .values({ hash: hashOf(key), name: input.name, scopes: input.scopes.join(","), createdAt: ctx.clock() });
  return key;
}

/** Who asks, by a key. */
export interface Bearer {
  /** The key's hash. */
  hash: string;
  /** `admin` with all it implies. */
  scopes: ReadonlySet<Scope>;
  /** Whose own key it is; null for the platform's. */
  customer: AccountRef | null;
}

/** Whose key this is and what it gives; null when it is unknown or revoked. */
export async function bearerOf(ctx: Context, key: string): Promise<Bearer | null> {
  const hash = hashOf(key);
  const [row] = await ctx.db
    .select({ scopes: apiKeys.scopes, lane: apiKeys.lane, accountId: apiKeys.accountId })
    .from(apiKeys)
    .where(and(eq(apiKeys.hash, hash), isNull(apiKeys.revokedAt)));
  if (!row) return null;
  const { lane, accountId } = row;
  const customer = lane === null || accountId === null ? null : { lane, id: accountId };
  const given = new Set(scopes.filter((scope) => row.scopes.split(",").includes(scope)));
  return { hash, scopes: given.has("admin") ? new Set(scopes) : given, customer };
}
