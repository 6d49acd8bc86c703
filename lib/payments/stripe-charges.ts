import Stripe from "stripe";
import { centsOf, nanosOfCents } from "./cents";
import { type Charge, type ChargeRequest, CustomerGone } from "./provider";
import { answered, idempotencyKeyOf, isMissing } from "./stripe-answers";
import { detailsOf } from "./stripe-details";
import { metadataOf } from "./stripe-events";

type Intent = Stripe.PaymentIntent;

const expand = ["latest_charge"];

export async function chargeCard(client: Stripe, request: ChargeRequest): Promise<Charge> {
  const params: Stripe.PaymentIntentCreateParams = {
    amount: centsOf(request.amount),
    currency: "usd",
    customer: request.customerId,
    payment_method: request.cardId,
    off_session: true,
    confirm: true,
    description: "Prepaid credit, automatic top-up",
    metadata: { ...metadataOf(request.accountId), tenspot_top_up: request.topUpId },
    expand,
  };
  // The wish alone is the key: the same top-up with other content would be a mistake of ours, and charge twice.
  const idempotencyKey = idempotencyKeyOf(["top-up", request.topUpId]);
  try {
    return chargeOf(await answered(client.paymentIntents.create(params, { idempotencyKey })));
  } catch (error) {
    return refusedCharge(error);
  }
}

export const chargeState = async (client: Stripe, paymentId: string): Promise<Charge> =>
  chargeOf(await answered(client.paymentIntents.retrieve(paymentId, { expand })));

interface Confirmation {
  paymentId: string;
  cardId: string;
  returnUrl: string;
}

export async function confirmCharge(
  client: Stripe,
  { paymentId, cardId, returnUrl }: Confirmation,
): Promise<Charge | { url: string }> {
  try {
    const params = { payment_method: cardId, return_url: returnUrl };
    const intent = await answered(client.paymentIntents.confirm(paymentId, params));
    const url = intent.next_action?.redirect_to_url?.url;
    if (intent.status === "requires_action" && url) return { url };
    return await chargeState(client, paymentId);
  } catch (error) {
    if (isUnexpectedState(error)) return chargeState(client, paymentId);
    return refusedCharge(error);
  }
}

export async function cancelCharge(client: Stripe, paymentId: string): Promise<Charge> {
  try {
    return chargeOf(await answered(client.paymentIntents.cancel(paymentId)));
  } catch (error) {
    // Paid meanwhile, or given up already.
    if (isUnexpectedState(error)) return chargeState(client, paymentId);
    throw error;
  }
}

const isUnexpectedState = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeInvalidRequestError && error.code === "payment_intent_unexpected_state";

/** A card that refuses is an error of Stripe's, with the payment in it; a card that is gone is one without. */
function refusedCharge(error: unknown): Charge {
  if (error instanceof Stripe.errors.StripeCardError) {
    const { payment_intent: intent } = error;
    if (intent !== undefined) return chargeOf(intent);
    return { paymentId: null, state: "failed", reason: error.decline_code ?? error.code ?? "card_declined" };
  }
  if (isMissing(error) || error instanceof CustomerGone)
    return { paymentId: null, state: "failed", reason: "card_gone" };
  throw error;
}

function chargeOf(intent: Intent): Charge {
  const { id: paymentId, status, last_payment_error: refusal, latest_charge: charge } = intent;
  switch (status) {
    case "succeeded":
      return {
        paymentId,
        state: "paid",
        amount: nanosOfCents(intent.amount_received),
        details: charge === null || typeof charge === "string" ? { method: "card" } : detailsOf(charge),
      };
    case "requires_action":
    case "requires_confirmation":
      return { paymentId, state: "asked" };
    case "requires_payment_method":
      if (refusal?.code === "authentication_required") return { paymentId, state: "asked" };
      return { paymentId, state: "failed", reason: refusal?.decline_code ?? refusal?.code ?? "card_declined" };
    case "canceled":
      return { paymentId, state: "failed", reason: intent.cancellation_reason ?? "canceled" };
    default:
      return { paymentId, state: "waiting" };
  }
}
