import type Stripe from "stripe";
import { centsOf } from "./cents";
import type { Checkout, CheckoutRequest, SetupRequest } from "./provider";
import { answered, idempotencyKeyOf } from "./stripe-answers";
import { metadataOf } from "./stripe-events";

type SessionParams = Stripe.Checkout.SessionCreateParams;

/** A page to pay on, by card or, where the account has it, with stablecoins. */
export function openCheckout(client: Stripe, request: CheckoutRequest): Promise<Checkout> {
  const { accountId, customerId, amount, attempt, keepsCard = false } = request;
  const metadata = metadataOf(accountId);
  return open(client, attempt, {
    mode: "payment",
    // A filter on what the account has: where it has no stablecoins, they are not offered.
    allowed_payment_method_types: ["card", "crypto"],
    adaptive_pricing: { enabled: false },
    line_items: [
      {
        quantity: 1,
        price_data: { currency: "usd", unit_amount: centsOf(amount), product_data: { name: "Prepaid credit" } },
      },
    ],
    customer: customerId,
    client_reference_id: accountId,
    metadata,
    payment_intent_data: { metadata },
    saved_payment_method_options: { allow_redisplay_filters: ["always", "limited"] },
    // Of the card alone: asked of the whole payment, it would rule out what cannot be kept.
    ...(keepsCard ? { payment_method_options: { card: { setup_future_usage: "off_session" } } } : {}),
    ...returnAddresses(request.returnUrl, "payment"),
  });
}

/** A page to save a card on, to be charged later while nobody is there. */
export function openSetup(
  client: Stripe,
  { accountId, customerId, attempt, returnUrl }: SetupRequest,
): Promise<Checkout> {
  const metadata = metadataOf(accountId);
  return open(client, attempt, {
    mode: "setup",
    currency: "usd",
    allowed_payment_method_types: ["card"],
    customer: customerId,
    client_reference_id: accountId,
    metadata,
    setup_intent_data: { metadata },
    ...returnAddresses(returnUrl, "method"),
  });
}

async function open(client: Stripe, attempt: string, params: SessionParams): Promise<Checkout> {
  const options = { idempotencyKey: idempotencyKeyOf([attempt, params]) };
  const session = await answered(client.checkout.sessions.create(params, options));
  if (session.url === null) throw new Error(`Stripe opened checkout session ${session.id} without a page`);
  return { id: session.id, url: session.url };
}

const returnAddresses = (base: string, name: string): Pick<SessionParams, "success_url" | "cancel_url"> => ({
  // Stripe fills the braces in itself, so they must not be escaped.
  success_url: `${withParameter(base, name, "returned")}&checkout={CHECKOUT_SESSION_ID}`,
  cancel_url: withParameter(base, name, "cancelled"),
});

function withParameter(base: string, name: string, value: string): string {
  const url = new URL(base);
  url.searchParams.set(name, value);
  return url.href;
}
