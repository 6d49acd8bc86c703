import { asc, gt } from "drizzle-orm";
import type { Db } from "@/db/client";
import { quarantine } from "@/db/schema/ledger";

/** Events waiting for their account, in order of arrival. */
export const listQuarantine = (db: Db, { limit, after }: { limit: number; after: bigint }) =>
  db.select().from(quarantine).where(gt(quarantine.position, after)).orderBy(asc(quarantine.position)).limit(limit);
