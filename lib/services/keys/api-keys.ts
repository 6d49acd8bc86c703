import { createHash, randomBytes } from "node:crypto";
import { and, eq, isNull } from "drizzle-orm";
import { apiKeys } from "@/db/schema/keys";
import type { Context } from "@/lib/services/context";

export const scopes = ["ingest", "read", "admin"] as const;
export type Scope = (typeof scopes)[number];

const hashOf = (key: string): string => createHash("sha256").update(key).digest("hex");

/** Makes a key and keeps its hash. The key itself is shown once, to the caller. */
export async function issueKey(ctx: Context, input: { name: string; scopes: readonly Scope[] }): Promise<string> {
  const key = `tsk_${randomBytes(32).toString("base64url")}`;
  await ctx.db
    .insert(apiKeys)
    .values({ hash: hashOf(key), name: input.name, scopes: input.scopes.join(","), createdAt: ctx.clock() });
  return key;
}

/** The scopes a key gives, `admin` with all it implies; null when it is unknown or revoked. */
export async function scopesOf(ctx: Context, key: string): Promise<ReadonlySet<Scope> | null> {
  const [row] = await ctx.db
    .select({ scopes: apiKeys.scopes })
    .from(apiKeys)
    .where(and(eq(apiKeys.hash, hashOf(key)), isNull(apiKeys.revokedAt)));
  if (!row) return null;
  const given = new Set(scopes.filter((scope) => row.scopes.split(",").includes(scope)));
  return given.has("admin") ? new Set(scopes) : given;
}
