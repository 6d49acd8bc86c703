import { and, eq, gt, isNull, max, or, sql } from "drizzle-orm";
import { webhookSecrets } from "@/db/schema/webhooks";
import type { Context } from "@/lib/services/context";
import { audited } from "@/lib/services/operators/audited";
import { done, type Result, refused } from "@/lib/services/result";
import { type ActOnEndpoint, type Endpoint, lockEndpoint, NO_ENDPOINT } from "./endpoint";
import { newSecret } from "./signature";

/** How long the old secret lives on beside the new one. */
export const BOTH_LIVE_MS = 24 * 3_600_000;

/**
 * Gives an endpoint a new secret, which is in this answer and nowhere afterwards. For a day messages carry a signature
 * of each, so that the receiver may change over when it suits; a secret older than those two ends at once.
 */
export function rotateSecret(
  ctx: Context,
  { id, actor, reason }: ActOnEndpoint,
): Promise<Result<{ endpoint: Endpoint; secret: string }>> {
  const line = { actor, act: "webhook.rotate", subject: id, reason, detail: {} };
  return audited(ctx, line, async ({ db, clock }): Promise<Result<{ endpoint: Endpoint; secret: string }>> => {
    const endpoint = await lockEndpoint(db, id);
    if (!endpoint) return refused("not_found", NO_ENDPOINT);
    const at = clock();
    const [newest] = await db
      .select({ number: max(webhookSecrets.number) })
      .from(webhookSecrets)
      .where(eq(webhookSecrets.endpointId, id));
    const number = newest?.number ?? 0;
    const live = or(isNull(webhookSecrets.endsAt), gt(webhookSecrets.endsAt, at));
    const both = new Date(at.getTime() + BOTH_LIVE_MS);
    await db
      .update(webhookSecrets)
      .set({
        endsAt: sql`case when ${webhookSecrets.number} = ${number} then ${both.toISOString()}::timestamptz
                         else ${at.toISOString()}::timestamptz end`,
      })
      .where(and(eq(webhookSecrets.endpointId, id), live));
    const secret = newSecret();
    await db.insert(webhookSecrets).values({ endpointId: id, number: number + 1, secret, madeAt: at });
    return done({ endpoint, secret });
  });
}
