import { eq } from "drizzle-orm";
import { webhookEndpoints } from "@/db/schema/webhooks";
import type { Context } from "@/lib/services/context";
import { audited } from "@/lib/services/operators/audited";
import { done, type Result, refused } from "@/lib/services/result";
import { type ActOnEndpoint, type Endpoint, lockEndpoint, NO_ENDPOINT } from "./endpoint";

/**
 * Stops sending to an endpoint, or goes on. What happens meanwhile is written and waits, and so do retries.
 * Refused for one that was removed (`not_found`); one that is paused already stays so.
 */
export function pauseEndpoint(
  ctx: Context,
  { id, paused, actor, reason }: ActOnEndpoint & { paused: boolean },
): Promise<Result<Endpoint>> {
  const line = { actor, act: paused ? "webhook.pause" : "webhook.resume", subject: id, reason, detail: {} };
  return audited(ctx, line, async ({ db }): Promise<Result<Endpoint>> => {
    const endpoint = await lockEndpoint(db, id);
    if (!endpoint) return refused("not_found", NO_ENDPOINT);
    const state = paused ? "paused" : "active";
    if (endpoint.state === state) return done(endpoint, false);
    await db.update(webhookEndpoints).set({ state }).where(eq(webhookEndpoints.id, id));
    return done({ ...endpoint, state });
  });
}
