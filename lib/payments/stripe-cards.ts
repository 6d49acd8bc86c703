import { z } from "zod";
import type { PaymentEvent } from "./provider";

interface Seen {
  eventId: string;
  type: string;
  objectId: string;
}

const Id = z.union([
  z.string().min(1).max(255),
  z.object({ id: z.string().min(1).max(255) }).transform(({ id }) => id),
]);

/** Ours are told by their metadata, as sessions that take money are. */
const SetupSession = z.object({
  id: z.string().min(1).max(255),
  object: z.literal("checkout.session"),
  mode: z.literal("setup"),
  status: z.literal("complete"),
  metadata: z.object({ tenspot_account: z.uuid() }),
});

const Card = z.object({ id: z.string().min(1).max(255), object: z.literal("payment_method"), customer: Id.nullish() });

const aboutCards: ReadonlySet<string> = new Set([
  "payment_method.attached",
  "payment_method.detached",
  "payment_method.updated",
  "payment_method.automatically_updated",
]);

/** What an event says of saved cards; null when it is about something else. */
export function readCards(seen: Seen, object: unknown): PaymentEvent | null {
  if (seen.type === "checkout.session.completed") {
    const session = SetupSession.safeParse(object);
    if (!session.success) return null;
    return { ...seen, kind: "card_saved", setupId: session.data.id, accountId: session.data.metadata.tenspot_account };
  }
  if (!aboutCards.has(seen.type)) return null;
  const card = Card.safeParse(object);
  if (!card.success) return null;
  return { ...seen, kind: "cards_changed", customerId: card.data.customer ?? null, cardId: card.data.id };
}
