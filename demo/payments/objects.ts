import type { Payment, Session, StoredEvent } from "./store";

/** The version of the API whose shapes these are. */
export const API_VERSION = "2026-10-28.endive";

export const pageOf = (origin: string, session: Session): string => `${origin}/pay/${session.id}`;

export const sessionObject = ({ origin }: { origin: () => string }, session: Session): Record<string, unknown> => ({
  id: session.id,
  object: "checkout.session",
  adaptive_pricing: { enabled: false },
  allowed_payment_method_types: ["card"],
  amount_subtotal: session.amountCents,
  amount_total: session.amountCents,
  automatic_tax: { enabled: false, liability: null, provider: null, status: null },
  cancel_url: session.cancelUrl,
  client_reference_id: session.clientReferenceId,
  created: session.createdS,
  currency: "usd",
  customer: null,
  customer_details: session.customerEmail === null ? null : { email: session.customerEmail },
  customer_email: session.customerEmail,
  expires_at: session.expiresS,
  livemode: false,
  metadata: session.metadata,
  mode: "payment",
  payment_intent: session.paymentId,
  payment_method_types: ["card"],
  payment_status: session.paid ? "paid" : "unpaid",
  status: session.status,
  success_url: session.successUrl,
  ui_mode: "hosted_page",
  url: session.status === "open" ? pageOf(origin(), session) : null,
});

export const paymentObject = (payment: Payment, expanded: readonly string[] = []): Record<string, unknown> => ({
  id: payment.id,
  object: "payment_intent",
  amount: payment.amountCents,
  amount_received: payment.status === "succeeded" ? payment.amountCents : 0,
  created: payment.createdS,
  currency: "usd",
  latest_charge: expanded.includes("latest_charge") ? chargeObject(payment) : (payment.charge?.id ?? null),
  livemode: false,
  metadata: payment.metadata,
  payment_method_types: ["card"],
  status: payment.status,
});

/** Null where no card was taken yet. */
export function chargeObject(payment: Payment): Record<string, unknown> | null {
  if (payment.charge === null) return null;
  const { id, createdS, brand, last4, fingerprint } = payment.charge;
  return {
    id,
    object: "charge",
    amount: payment.amountCents,
    amount_captured: payment.status === "succeeded" ? payment.amountCents : 0,
    amount_refunded: payment.refundedCents,
    captured: payment.status === "succeeded",
    created: createdS,
    currency: "usd",
    disputed: payment.disputed,
    livemode: false,
    metadata: payment.metadata,
    paid: payment.status === "succeeded",
    payment_intent: payment.id,
    payment_method_details: { type: "card", card: { brand, last4, fingerprint, country: "US", funding: "credit" } },
    refunded: payment.refundedCents === payment.amountCents,
    status: payment.status === "succeeded" ? "succeeded" : "pending",
  };
}

export const eventObject = (event: StoredEvent): Record<string, unknown> => ({
  id: event.id,
  object: "event",
  api_version: API_VERSION,
  created: event.createdS,
  data: { object: event.object },
  livemode: false,
  pending_webhooks: event.delivered ? 0 : 1,
  request: { id: null, idempotency_key: null },
  type: event.type,
});
