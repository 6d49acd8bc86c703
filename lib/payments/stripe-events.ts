import Stripe from "stripe";
import { z } from "zod";
import { nanosOfCents } from "./cents";
import type { Delivery, PaymentEvent, Reading } from "./provider";
import { readCards } from "./stripe-cards";
import { readCharge } from "./stripe-charge-events";
import { readMoneyBack } from "./stripe-money-back";

/** Oldest signature that is accepted: a delivery recorded by somebody cannot be played back later. */
const SIGNATURE_AGE_MAX_S = 300;

export interface DeliveryRules {
  /** Any one of them may have signed: two are in force while a secret is rotated. */
  webhookSecrets: readonly string[];
  /** Whether the secret key takes real money. */
  live: boolean;
  /** Our own account, where events name theirs; without it, one that names an account is another's. */
  account?: string | undefined;
}

const Envelope = z.object({
  id: z.string().min(1).max(255),
  type: z.string().min(1).max(255),
  livemode: z.boolean(),
  /** Only in events of accounts that are connected to ours. */
  account: z.string().nullish(),
  data: z.object({ object: z.unknown() }).optional(),
});

const WithId = z.object({ id: z.string().max(255) });

const CheckoutSession = z.object({
  id: z.string().min(1).max(255),
  object: z.literal("checkout.session"),
  mode: z.string(),
  currency: z.string().nullable(),
  amount_total: z.number().int().nonnegative().nullable(),
  payment_status: z.string(),
  payment_intent: z
    .union([z.string(), WithId.transform((intent) => intent.id)])
    .nullish()
    .transform((id) => id ?? null),
});

/** Ours are told by their metadata: a client_reference_id can be put on a payment link by anybody. */
const OurMetadata = z.object({ metadata: z.object({ tenspot_account: z.uuid() }) });

/** Written on a session, so that its events can be told from those of other products and find their account. */
export const metadataOf = (accountId: string): Record<string, string> => ({ tenspot_account: accountId });

/** Reads a delivery of Stripe's after proving its signature, its age and its mode. Never throws. */
export function readDelivery(delivery: Delivery, { webhookSecrets, live, account: own }: DeliveryRules): Reading {
  const text = strictText(delivery.rawBody);
  if (text === null || !isGenuine(text, delivery, webhookSecrets)) {
    return unreadable("The signature does not match this body, or is older than five minutes.");
  }
  const envelope = Envelope.safeParse(parseJson(text));
  if (!envelope.success) return unreadable("The body is signed, but it is not an event.");
  const { id: eventId, type, livemode, account, data } = envelope.data;
  if (livemode !== live) {
    return unreadable(`The event is in ${mode(livemode)} mode and the secret key in ${mode(live)} mode.`);
  }
  if (account && account !== own) return unreadable("The event is another account's.");
  const object = data?.object;
  const withId = WithId.safeParse(object);
  return { ok: true, event: understand({ eventId, type, objectId: withId.success ? withId.data.id : "" }, object) };
}

function understand(seen: { eventId: string; type: string; objectId: string }, object: unknown): PaymentEvent {
  const moneyBack = readMoneyBack(seen, object);
  if (moneyBack !== null) return moneyBack;
  const cards = readCards(seen, object);
  if (cards !== null) return cards;
  const charge = readCharge(seen, object);
  if (charge !== null) return charge;
  const ignored: PaymentEvent = { ...seen, kind: "ignored" };
  const ours = OurMetadata.safeParse(object);
  const session = CheckoutSession.safeParse(object);
  if (!ours.success || !session.success) return ignored;
  const { id: checkoutId, amount_total: cents, payment_intent: paymentId } = session.data;
  if (session.data.mode !== "payment" || session.data.currency !== "usd" || !cents) return ignored;

  const accountId = ours.data.metadata.tenspot_account;
  const checkout = { ...seen, checkoutId, accountId, amount: nanosOfCents(cents) };
  switch (seen.type) {
    case "checkout.session.completed":
    case "checkout.session.async_payment_succeeded":
      if (session.data.payment_status === "paid") return { ...checkout, kind: "checkout_paid", paymentId };
      return session.data.payment_status === "unpaid" ? { ...checkout, kind: "checkout_processing" } : ignored;
    case "checkout.session.async_payment_failed":
      return { ...checkout, kind: "checkout_failed" };
    case "checkout.session.expired":
      return { ...checkout, kind: "checkout_expired" };
    default:
      return ignored;
  }
}

function isGenuine(text: string, { signature, receivedAt }: Delivery, secrets: readonly string[]): boolean {
  const header = signature ?? "";
  return secrets.some((secret) => {
    try {
      const proof = Stripe.webhooks.signature;
      return proof?.verifyHeader(text, header, secret, SIGNATURE_AGE_MAX_S, undefined, receivedAt.getTime()) ?? false;
    } catch {
      // The SDK throws for each kind of forgery, and for some headers (an empty `v1=`) errors of other classes.
      return false;
    }
  });
}

/** Invalid UTF-8 and a byte-order mark are kept from disappearing: other bytes must not pass as what was signed. */
function strictText(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const mode = (live: boolean): string => (live ? "live" : "test");

const unreadable = (detail: string): Reading => ({ ok: false, detail });
