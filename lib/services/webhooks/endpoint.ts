import { and, eq, ne } from "drizzle-orm";
import type { Queryable } from "@/db/client";
import { webhookEndpoints } from "@/db/schema/webhooks";

export type Endpoint = typeof webhookEndpoints.$inferSelect;

export interface ActOnEndpoint {
  id: string;
  /** E-mail of the operator. */
  actor: string;
  reason: string;
}

export const NO_ENDPOINT = "There is no such endpoint, or it was removed.";

/** An endpoint that was not removed, locked until the transaction ends: acts on it come one after another. */
export async function lockEndpoint(db: Queryable, id: string): Promise<Endpoint | null> {
  const [found] = await db
    .select()
    .from(webhookEndpoints)
    .where(and(eq(webhookEndpoints.id, id), ne(webhookEndpoints.state, "removed")))
    .for("update");
  return found ?? null;
}
