import Stripe from "stripe";
import { centsOf } from "./cents";
import { type MoneyBack, PaymentsUnavailable, type Refunded, type RefundRequest } from "./provider";
import { answered } from "./stripe-answers";
import { isRefundOf, refundChanges, refundMetadata } from "./stripe-money-back";

/** Far more than one payment can have: a refund is of a cent at least. */
const REFUNDS_MAX = 10_000;

/** Another attempt with the same idempotency key is under way. */
const UNDER_WAY = 409;

export const refundsOf = async (client: Stripe, paymentId: string): Promise<MoneyBack[]> =>
  (await listRefunds(client, paymentId)).flatMap(refundChanges);

const listRefunds = (client: Stripe, paymentId: string): Promise<Stripe.Refund[]> =>
  answered(client.refunds.list({ payment_intent: paymentId, limit: 100 }).autoPagingToArray({ limit: REFUNDS_MAX }));

export async function refund(client: Stripe, { paymentId, amount, request }: RefundRequest): Promise<Refunded> {
  try {
    // Idempotency keys are forgotten after a day; what was refunded is not.
    const earlier = (await listRefunds(client, paymentId)).find(({ metadata }) => isRefundOf(metadata, request));
    const made = earlier ?? (await createRefund(client, { paymentId, amount, request }));
    return { ok: true, changes: refundChanges(made) };
  } catch (error) {
    const { StripeInvalidRequestError, StripePermissionError } = Stripe.errors;
    for (const refusal of [StripeInvalidRequestError, StripePermissionError]) {
      if (!(error instanceof refusal)) continue;
      if (error.statusCode === UNDER_WAY) throw new PaymentsUnavailable("Asked twice at once", { cause: error });
      return { ok: false, problem: error.message };
    }
    throw error;
  }
}

const createRefund = (client: Stripe, { paymentId, amount, request }: RefundRequest): Promise<Stripe.Refund> =>
  answered(
    client.refunds.create(
      {
        payment_intent: paymentId,
        amount: centsOf(amount),
        reason: "requested_by_customer",
        metadata: refundMetadata(request),
      },
      { idempotencyKey: request },
    ),
  );
