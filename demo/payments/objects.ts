import type { Customer, Method, Payment, Session, Setup, State, StoredEvent } from "./store";

/** The version of the API whose shapes these are. */
export const API_VERSION = "2026-10-28.endive";

export const pageOf = (origin: string, session: Session): string => `${origin}/pay/${session.id}`;

type Json = Record<string, unknown>;

export const customerObject = ({ id, createdS, email, name, metadata }: Customer): Json => ({
  id,
  object: "customer",
  created: createdS,
  email,
  invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
  livemode: false,
  metadata,
  name,
});

export const methodObject = (method: Method): Json => ({
  id: method.id,
  object: "payment_method",
  allow_redisplay: method.customerId === null ? "unspecified" : "limited",
  billing_details: { address: null, email: null, name: null, phone: null, tax_id: null },
  created: method.createdS,
  customer: method.customerId,
  livemode: false,
  metadata: {},
  type: method.type,
  ...(method.type === "crypto"
    ? { crypto: {} }
    : {
        card: {
          brand: method.brand,
          country: "US",
          display_brand: method.brand,
          exp_month: method.expiryMonth,
          exp_year: method.expiryYear,
          fingerprint: method.fingerprint,
          funding: "credit",
          last4: method.number.slice(-4),
          three_d_secure_usage: { supported: true },
        },
      }),
});

export const sessionObject = ({ origin }: { origin: () => string }, session: Session): Json => {
  const amount = session.mode === "setup" ? null : session.amountCents;
  return {
    id: session.id,
    object: "checkout.session",
    adaptive_pricing: { enabled: false },
    allowed_payment_method_types: session.methodTypes,
    amount_subtotal: amount,
    amount_total: amount,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    cancel_url: session.cancelUrl,
    client_reference_id: session.clientReferenceId,
    created: session.createdS,
    currency: "usd",
    customer: session.customerId,
    customer_details: session.customerEmail === null ? null : { email: session.customerEmail },
    customer_email: session.customerId === null ? session.customerEmail : null,
    expires_at: session.expiresS,
    livemode: false,
    metadata: session.metadata,
    mode: session.mode,
    payment_intent: session.paymentId,
    payment_method_types: session.methodTypes,
    payment_status: session.mode === "setup" ? "no_payment_required" : session.paid ? "paid" : "unpaid",
    setup_intent: session.setupId,
    status: session.status,
    success_url: session.successUrl,
    ui_mode: "hosted_page",
    url: session.status === "open" ? pageOf(origin(), session) : null,
  };
};

export const setupObject = (setup: Setup): Json => ({
  id: setup.id,
  object: "setup_intent",
  created: setup.createdS,
  customer: setup.customerId,
  last_setup_error: null,
  livemode: false,
  metadata: setup.metadata,
  next_action: null,
  payment_method: setup.methodId,
  payment_method_types: ["card"],
  status: setup.status,
  usage: "off_session",
});

export const authenticationPageOf = (origin: string, payment: Payment): string =>
  `${origin}/authenticate/${payment.id}`;

/** What is made of objects that live in several records. */
export interface Books {
  origin: () => string;
  store: { state: State };
}

export const paymentObject = (books: Books, payment: Payment, expanded: readonly string[] = []): Json => ({
  id: payment.id,
  object: "payment_intent",
  amount: payment.amountCents,
  amount_received: payment.status === "succeeded" ? payment.amountCents : 0,
  client_secret: `${payment.id}_secret_demo`,
  created: payment.createdS,
  currency: "usd",
  customer: payment.customerId,
  last_payment_error: lastErrorOf(books, payment),
  latest_charge: expanded.includes("latest_charge") ? chargeObject(payment) : (payment.charge?.id ?? null),
  livemode: false,
  metadata: payment.metadata,
  next_action:
    payment.status === "requires_action" && payment.returnUrl !== null
      ? {
          type: "redirect_to_url",
          redirect_to_url: { url: authenticationPageOf(books.origin(), payment), return_url: payment.returnUrl },
        }
      : null,
  payment_method: payment.status === "requires_payment_method" ? null : payment.methodId,
  payment_method_types: [methodOf(books, payment)?.type ?? "card"],
  status: payment.status,
});

function lastErrorOf(books: Books, payment: Payment): Json | null {
  if (payment.lastError === null) return null;
  const { code, declineCode, message } = payment.lastError;
  const method = methodOf(books, payment);
  return {
    type: "card_error",
    code,
    ...(declineCode === null ? {} : { decline_code: declineCode }),
    message,
    ...(method === undefined ? {} : { payment_method: methodObject(method) }),
  };
}

const methodOf = ({ store }: Books, payment: Payment): Method | undefined =>
  payment.methodId === null ? undefined : store.state.methods[payment.methodId];

/** Null where no card was taken yet. */
export function chargeObject(payment: Payment): Json | null {
  if (payment.charge === null) return null;
  const { id, type, createdS, brand, last4, fingerprint } = payment.charge;
  const paid = payment.status === "succeeded";
  const details =
    type === "crypto"
      ? { type: "crypto", crypto: { buyer_address: fingerprint, network: "base", token_currency: "usdc" } }
      : { type: "card", card: { brand, last4, fingerprint, country: "US", funding: "credit" } };
  return {
    id,
    object: "charge",
    amount: payment.amountCents,
    amount_captured: paid ? payment.amountCents : 0,
    amount_refunded: payment.refundedCents,
    captured: paid,
    created: createdS,
    currency: "usd",
    customer: payment.customerId,
    disputed: payment.disputed,
    livemode: false,
    metadata: payment.metadata,
    paid,
    payment_intent: payment.id,
    payment_method: payment.methodId,
    payment_method_details: details,
    refunded: payment.refundedCents === payment.amountCents,
    status: paid ? "succeeded" : "pending",
  };
}

export const eventObject = (event: StoredEvent): Json => ({
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
