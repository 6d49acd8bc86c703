import "server-only";
import { and, desc, eq } from "drizzle-orm";
import { connection } from "next/server";
import { db } from "@/db/client";
import { accounts } from "@/db/schema/accounts";
import { clusterJoins } from "@/db/schema/reviews";

/** An account that was found to be one person's with others. */
export interface JoinView {
  id: string;
  clusterId: string;
  account: { id: string; externalId: string };
  joinedBy: string;
  /** From when nothing is earned between them, ISO 8601. */
  since: string;
  reason: string;
}

const SHOWN = 100;

/** The latest accounts that were joined to others. */
export async function joins(): Promise<JoinView[]> {
  await connection();
  const rows = await db()
    .select({ join: clusterJoins, externalId: accounts.externalId })
    .from(clusterJoins)
    .innerJoin(accounts, and(eq(accounts.lane, clusterJoins.lane), eq(accounts.id, clusterJoins.accountId)))
    .orderBy(desc(clusterJoins.id))
    .limit(SHOWN);
  return rows.map(({ join: { id, clusterId, accountId, joinedBy, joinedAt, reason }, externalId }) => ({
    id,
    clusterId,
    account: { id: accountId, externalId },
    joinedBy,
    since: joinedAt.toISOString(),
    reason,
  }));
}
