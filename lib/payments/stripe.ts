import Stripe from "stripe";
import type { PaymentDetails, PaymentProvider } from "./provider";
import { answered } from "./stripe-answers";
import { booksOf, booksOfPayment } from "./stripe-books";
import { cancelCharge, chargeCard, chargeState, confirmCharge } from "./stripe-charges";
import { openCheckout, openSetup } from "./stripe-checkout";
import { forgetCustomer, makeCustomer, removeCard, savedCards } from "./stripe-customers";
import { detailsOf } from "./stripe-details";
import { readDelivery } from "./stripe-events";
import { refund, refundsOf } from "./stripe-refunds";

/** Pinned, so that a change of the account's default version changes nothing here. */
const API_VERSION = "2026-10-28.endive";

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
    makeCustomer: (request) => makeCustomer(client, request),
    openCheckout: (request) => openCheckout(client, request),
    openSetup: (request) => openSetup(client, request),
    savedCards: (customerId) => savedCards(client, customerId),
    removeCard: (cardId) => removeCard(client, cardId),
    forgetCustomer: (customerId) => forgetCustomer(client, customerId),
    chargeCard: (request) => chargeCard(client, request),
    chargeState: (paymentId) => chargeState(client, paymentId),
    confirmCharge: (request) => confirmCharge(client, request),
    cancelCharge: (paymentId) => cancelCharge(client, paymentId),
    readDelivery: (delivery) => readDelivery(delivery, rules),
    paymentDetails: (paymentId) => paymentDetails(client, paymentId),
    refund: (request) => refund(client, request),
    booksOf: (period) => booksOf(client, period),
    booksOfPayment: (paymentId) => booksOfPayment(client, paymentId),
    refundsOf: (paymentId) => refundsOf(client, paymentId),
  };
}

async function paymentDetails(client: Stripe, paymentId: string): Promise<PaymentDetails> {
  try {
    const intent = await answered(client.paymentIntents.retrieve(paymentId, { expand: ["latest_charge"] }));
    const charge = intent.latest_charge;
    if (charge === null || typeof charge === "string") return {};
    return detailsOf(charge);
  } catch (error) {
    // A key that may not read payments, or a payment it cannot see, must not keep money from being credited.
    if (error instanceof Stripe.errors.StripePermissionError) return {};
    if (error instanceof Stripe.errors.StripeInvalidRequestError) return {};
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
