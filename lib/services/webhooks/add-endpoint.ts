import { ne } from "drizzle-orm";
import { v7 as timeOrderedId } from "uuid";
import { webhookEndpoints, webhookSecrets } from "@/db/schema/webhooks";
import type { Context } from "@/lib/services/context";
import { audited } from "@/lib/services/operators/audited";
import { done, type Result, refused } from "@/lib/services/result";
import { type DestinationRules, findDestination, readEndpointUrl } from "./destination";
import type { Endpoint } from "./endpoint";
import { isMessageType, type MessageType } from "./message-types";
import { newSecret } from "./signature";

export interface AddEndpoint {
  url: string;
  /** Kinds of message; empty for all. */
  types: readonly string[];
  /** E-mail of the operator. */
  actor: string;
  reason: string;
}

/** Every message is written once for each endpoint that wants it. */
export const ENDPOINTS_MAX = 20;

/**
 * Adds an endpoint, which is told of all that happens from now on. Its secret is in this answer and nowhere afterwards.
 * Refuses an address that is not public https, and kinds that do not exist (`invalid`).
 */
export async function addEndpoint(
  ctx: Context,
  { url: typed, types, actor, reason }: AddEndpoint,
  rules: DestinationRules,
): Promise<Result<{ endpoint: Endpoint; secret: string }>> {
  const url = await checkUrl(typed, rules);
  const subject = url.ok ? url.value.href : typed.slice(0, 254);
  const line = { actor, act: "webhook.add", subject, reason, detail: { types: types.join(" ") || "all" } };
  return audited(ctx, line, async ({ db, clock }): Promise<Result<{ endpoint: Endpoint; secret: string }>> => {
    if (!url.ok) return url;
    const unknown = types.find((type) => !isMessageType(type));
    if (unknown !== undefined) return refused("invalid", `There is no kind ${unknown.slice(0, 64)}.`, "types");
    const live = await db.select().from(webhookEndpoints).where(ne(webhookEndpoints.state, "removed"));
    if (live.length >= ENDPOINTS_MAX) {
      return refused("invalid", `There are ${ENDPOINTS_MAX} endpoints, the most there may be; remove one first.`);
    }
    const secret = newSecret();
    const at = clock();
    const endpoint: Endpoint = {
      id: timeOrderedId(),
      url: url.value.href,
      types: types.length > 0 ? types.filter(isMessageType).sort(byName) : null,
      state: "active",
      addedBy: actor,
      addedAt: at,
    };
    await db.insert(webhookEndpoints).values(endpoint);
    await db.insert(webhookSecrets).values({ endpointId: endpoint.id, number: 1, secret, madeAt: at });
    return done({ endpoint, secret });
  });
}

const byName = (one: MessageType, other: MessageType) => (one < other ? -1 : 1);

/** Asked again at every attempt: what an operator mistyped is said at once. */
async function checkUrl(typed: string, rules: DestinationRules): Promise<Result<URL>> {
  const url = readEndpointUrl(typed.trim(), rules);
  if (!url.ok) return url;
  const found = await findDestination(url.value, rules);
  return found.ok ? url : found;
}
