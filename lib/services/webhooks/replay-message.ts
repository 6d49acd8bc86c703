import { and, eq } from "drizzle-orm";
import { webhookDeliveries } from "@/db/schema/webhooks";
import type { Context } from "@/lib/services/context";
import { audited } from "@/lib/services/operators/audited";
import { done, type Result, refused } from "@/lib/services/result";
import { lockEndpoint, NO_ENDPOINT } from "./endpoint";

export interface ReplayMessage {
  lane: number;
  eventId: string;
  endpointId: string;
  /** E-mail of the operator. */
  actor: string;
  reason: string;
}

/**
 * Sends a message once more, whatever came of it before, with its retries begun anew: the same id and the same words.
 * One that waits for its retry goes at once. Refused where there is no such message, or its endpoint was removed
 * (`not_found`).
 */
export function replayMessage(
  ctx: Context,
  { lane, eventId, endpointId, actor, reason }: ReplayMessage,
): Promise<Result<ReplayMessage>> {
  const line = { actor, act: "webhook.replay", subject: endpointId, reason, detail: { message: eventId } };
  return audited(ctx, line, async ({ db }): Promise<Result<ReplayMessage>> => {
    if (!(await lockEndpoint(db, endpointId))) return refused("not_found", NO_ENDPOINT);
    const asked = await db
      .update(webhookDeliveries)
      .set({ state: "waiting", nextAt: null, tries: 0 })
      .where(
        and(
          eq(webhookDeliveries.lane, lane),
          eq(webhookDeliveries.eventId, eventId),
          eq(webhookDeliveries.endpointId, endpointId),
        ),
      )
      .returning({ eventId: webhookDeliveries.eventId });
    if (asked.length === 0) return refused("not_found", "There is no such message.");
    return done({ lane, eventId, endpointId, actor, reason });
  });
}
