import { createHash } from "node:crypto";
import Stripe from "stripe";
import { CustomerGone, PaymentsUnavailable } from "./provider";

/** One key for one wish: the content is part of it, so that the same wish with other content is another, not an error. */
export const idempotencyKeyOf = (wish: readonly unknown[]): string =>
  createHash("sha256").update(JSON.stringify(wish)).digest("hex");

/** Tells an outage, which passes, and a customer who is gone from a mistake of ours. */
export async function answered<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    const { StripeAPIError, StripeConnectionError, StripeRateLimitError } = Stripe.errors;
    for (const passing of [StripeAPIError, StripeConnectionError, StripeRateLimitError]) {
      if (error instanceof passing) throw new PaymentsUnavailable("Stripe did not answer", { cause: error });
    }
    if (isMissing(error) && error.param === "customer") {
      throw new CustomerGone("Stripe does not know the customer", { cause: error });
    }
    throw error;
  }
}

export const isMissing = (error: unknown): error is Stripe.errors.StripeInvalidRequestError =>
  error instanceof Stripe.errors.StripeInvalidRequestError && error.code === "resource_missing";
