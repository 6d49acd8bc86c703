import { eq } from "drizzle-orm";
import { webhookEndpoints, webhookSecrets } from "@/db/schema/webhooks";
import type { Context } from "@/lib/services/context";
import { audited } from "@/lib/services/operators/audited";
import { done, type Result, refused } from "@/lib/services/result";
import { type ActOnEndpoint, type Endpoint, lockEndpoint, NO_ENDPOINT } from "./endpoint";

/**
 * Ends an endpoint for good: nothing is sent to it any more, what waits included, and its secrets are gone. Its log
 * stays. Refused for one that was removed before (`not_found`).
 */
export function removeEndpoint(ctx: Context, { id, actor, reason }: ActOnEndpoint): Promise<Result<Endpoint>> {
  const line = { actor, act: "webhook.remove", subject: id, reason, detail: {} };
  return audited(ctx, line, async ({ db }): Promise<Result<Endpoint>> => {
    const endpoint = await lockEndpoint(db, id);
    if (!endpoint) return refused("not_found", NO_ENDPOINT);
    await db.update(webhookEndpoints).set({ state: "removed" }).where(eq(webhookEndpoints.id, id));
    await db.delete(webhookSecrets).where(eq(webhookSecrets.endpointId, id));
    return done({ ...endpoint, state: "removed" });
  });
}
