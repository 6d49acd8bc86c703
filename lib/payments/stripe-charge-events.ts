import { z } from "zod";
import type { PaymentEvent } from "./provider";

interface Seen {
  eventId: string;
  type: string;
  objectId: string;
}

/** Charges of saved cards are told from payments on a page, which are sessions' own, by their metadata. */
const TopUpIntent = z.object({
  id: z.string().min(1).max(255),
  object: z.literal("payment_intent"),
  metadata: z.object({ tenspot_account: z.uuid(), tenspot_top_up: z.uuid() }),
});

const aboutCharges: ReadonlySet<string> = new Set([
  "payment_intent.succeeded",
  "payment_intent.payment_failed",
  "payment_intent.canceled",
]);

/** What an event says of a saved card that was charged; null when it is about something else. */
export function readCharge(seen: Seen, object: unknown): PaymentEvent | null {
  if (!aboutCharges.has(seen.type)) return null;
  const intent = TopUpIntent.safeParse(object);
  if (!intent.success) return null;
  const { id: paymentId, metadata } = intent.data;
  return {
    ...seen,
    kind: "charge_changed",
    topUpId: metadata.tenspot_top_up,
    accountId: metadata.tenspot_account,
    paymentId,
  };
}
