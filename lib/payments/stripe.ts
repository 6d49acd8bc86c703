import { createHash } from "node:crypto";
import Stripe from "stripe";
import { centsOf } from "./cents";
import {
  type Checkout,
  type CheckoutRequest,
  type MoneyBack,
  type PaymentDetails,
  type PaymentProvider,
  PaymentsUnavailable,
} from "./provider";
import { metadataOf, readDelivery } from "./stripe-events";
import { refundChanges } from "./stripe-money-back";

/** Pinned, so that a change of the account's default version changes nothing here. */
const API_VERSION = "2026-10-28.endive";

/** Far more than one payment can have: a refund is of a cent at least. */
const REFUNDS_MAX = 10_000;

export interface StripeSettings {
  secretKey: string;
  webhookSecrets: readonly string[];
  /** Another address of the API: a stand-in on this machine. */
  apiUrl?: string | undefined;
  /** Our own account, `acct_…`, for events that name theirs. */
  account?: string | undefined;
}

/** Stripe Checkout, with the SDK as it is. */
export function stripePayments(settings: StripeSettings): PaymentProvider {
  const client = new Stripe(settings.secretKey, {
    apiVersion: API_VERSION,
    maxNetworkRetries: 2,
    timeout: 10_000,
    telemetry: false,
    ...(settings.apiUrl === undefined ? {} : addressOf(settings.apiUrl)),
  });
  const { webhookSecrets, account } = settings;
  const rules = { webhookSecrets, account, live: settings.secretKey.includes("_live_") };
  return {
    name: "stripe",
    openCheckout: (request) => openCheckout(client, request),
    readDelivery: (delivery) => readDelivery(delivery, rules),
    paymentDetails: (paymentId) => paymentDetails(client, paymentId),
    refundsOf: (paymentId) => refundsOf(client, paymentId),
  };
}

async function openCheckout(client: Stripe, request: CheckoutRequest): Promise<Checkout> {
  const params = sessionParams(request);
  // The content is part of the key: an attempt repeated with another amount is another payment, not an error.
  const idempotencyKey = createHash("sha256")
    .update(JSON.stringify([request.attempt, params]))
    .digest("hex");
  try {
    const session = await answered(client.checkout.sessions.create(params, { idempotencyKey }));
    if (session.url === null) throw new Error(`Stripe opened checkout session ${session.id} without a page`);
    return { id: session.id, url: session.url };
  } catch (error) {
    const { email, ...rest } = request;
    const dislikesEmail = error instanceof Stripe.errors.StripeInvalidRequestError && error.param === "customer_email";
    if (email === undefined || !dislikesEmail) throw error;
    // The address is only a convenience; the person types one that Stripe takes.
    return openCheckout(client, rest);
  }
}

function sessionParams({ accountId, amount, email, returnUrl }: CheckoutRequest): Stripe.Checkout.SessionCreateParams {
  const metadata = metadataOf(accountId);
  return {
    mode: "payment",
    allowed_payment_method_types: ["card"],
    adaptive_pricing: { enabled: false },
    line_items: [
      {
        quantity: 1,
        price_data: { currency: "usd", unit_amount: centsOf(amount), product_data: { name: "Prepaid credit" } },
      },
    ],
    client_reference_id: accountId,
    metadata,
    payment_intent_data: { metadata },
    // Stripe fills the braces in itself, so they must not be escaped.
    success_url: `${withParameter(returnUrl, "payment", "returned")}&checkout={CHECKOUT_SESSION_ID}`,
    cancel_url: withParameter(returnUrl, "payment", "cancelled"),
    ...(email === undefined ? {} : { customer_email: email }),
  };
}

async function paymentDetails(client: Stripe, paymentId: string): Promise<PaymentDetails> {
  try {
    const intent = await answered(client.paymentIntents.retrieve(paymentId, { expand: ["latest_charge"] }));
    const charge = intent.latest_charge;
    if (charge === null || typeof charge === "string") return {};
    const instrument = charge.payment_method_details?.card?.fingerprint;
    return { settledAt: new Date(charge.created * 1_000), ...(instrument ? { instrument } : {}) };
  } catch (error) {
    // A key that may not read payments, or a payment it cannot see, must not keep money from being credited.
    if (error instanceof Stripe.errors.StripePermissionError) return {};
    if (error instanceof Stripe.errors.StripeInvalidRequestError) return {};
    throw error;
  }
}

async function refundsOf(client: Stripe, paymentId: string): Promise<MoneyBack[]> {
  const refunds = await answered(
    client.refunds.list({ payment_intent: paymentId, limit: 100 }).autoPagingToArray({ limit: REFUNDS_MAX }),
  );
  return refunds.flatMap(refundChanges);
}

/** Tells an outage, which passes, from a mistake of ours, which does not. */
async function answered<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    const { StripeAPIError, StripeConnectionError, StripeRateLimitError } = Stripe.errors;
    for (const passing of [StripeAPIError, StripeConnectionError, StripeRateLimitError]) {
      if (error instanceof passing) throw new PaymentsUnavailable("Stripe did not answer", { cause: error });
    }
    throw error;
  }
}

function addressOf(apiUrl: string): { host: string; port: string; protocol: "http" | "https" } {
  const { hostname, port, protocol } = new URL(apiUrl);
  const secure = protocol === "https:";
  return {
    host: hostname.replace(/^\[|\]$/g, ""),
    port: port || (secure ? "443" : "80"),
    protocol: secure ? "https" : "http",
  };
}

function withParameter(base: string, name: string, value: string): string {
  const url = new URL(base);
  url.searchParams.set(name, value);
  return url.href;
}
