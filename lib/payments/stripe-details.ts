import type Stripe from "stripe";
import type { PaymentDetails } from "./provider";

/** What a charge says of itself beyond its amount. */
export function detailsOf(charge: Stripe.Charge): PaymentDetails {
  const details = charge.payment_method_details;
  const instrument = details?.card?.fingerprint ?? details?.crypto?.buyer_address;
  return {
    method: details?.type === "crypto" ? "crypto" : "card",
    settledAt: new Date(charge.created * 1_000),
    ...(instrument ? { instrument } : {}),
  };
}
