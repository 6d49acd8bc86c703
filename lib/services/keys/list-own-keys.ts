import { and, desc, eq, isNull } from "drizzle-orm";
import type { Db } from "@/db/client";
import { apiKeys } from "@/db/schema/keys";
import type { AccountRef } from "@/lib/ledger/wallet";
import type { OwnKey } from "./own-keys";

/** The keys an account may use now, the latest first. The hash that names each opens nothing. */
export async function listOwnKeys(db: Db, { lane, id }: AccountRef): Promise<OwnKey[]> {
  const rows = await db
    .select({ id: apiKeys.hash, name: apiKeys.name, tail: apiKeys.tail, createdAt: apiKeys.createdAt })
    .from(apiKeys)
    .where(and(eq(apiKeys.accountId, id), eq(apiKeys.lane, lane), isNull(apiKeys.revokedAt)))
    .orderBy(desc(apiKeys.createdAt));
  return rows.map(({ tail, ...row }) => ({ ...row, tail: tail ?? "" }));
}
