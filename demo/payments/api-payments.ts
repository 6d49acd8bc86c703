import { Hono } from "hono";
import { z } from "zod";
import { type Acted, missing } from "./answers";
import { customerOf } from "./methods";
import { paymentObject } from "./objects";
import { CENTS_MIN, Digits, expandedBy, Metadata, made, tooSmall, Url, unknown } from "./params";
import { cancel, chargeAlone, chargeWithOwner, newPayment } from "./payments";
import { find, type Method, type Payment } from "./store";
import type { Till } from "./till";

const PaymentParams = z.strictObject({
  amount: Digits,
  currency: z.literal("usd"),
  customer: z.string().max(255),
  payment_method: z.string().max(255),
  off_session: z.literal("true"),
  confirm: z.literal("true"),
  description: z.string().max(500).optional(),
  expand: z.array(z.literal("latest_charge")).default([]),
  metadata: Metadata,
});

const ConfirmParams = z.strictObject({ payment_method: z.string().max(255), return_url: Url });
const CancelParams = z.strictObject({ cancellation_reason: z.literal("abandoned").optional() });

/** Payments without a page: a saved card is charged while nobody is there, or once its owner has come. */
export function paymentsApi(till: Till): Hono {
  const api = new Hono();
  const { state } = till.store;

  api.post("/", (c) =>
    made(c, {
      till,
      params: PaymentParams,
      run: ({ amount: amountCents, customer: customerId, payment_method: methodId, metadata, expand }) => {
        if (customerOf(till, customerId) === undefined) return unknown("customer", "customer", customerId);
        const method = saved(till, customerId, methodId);
        if (method === undefined) return unknown("PaymentMethod", "payment_method", methodId);
        if (amountCents < CENTS_MIN) {
          return tooSmall;
        }
        const payment = newPayment(till, { amountCents, customerId, methodId, metadata });
        chargeAlone(till, payment, method);
        return outcomeOf(till, payment, expand);
      },
    }),
  );

  api.post("/:id/confirm", (c) =>
    made(c, {
      till,
      params: ConfirmParams,
      run: ({ payment_method: methodId, return_url: returnUrl }) => {
        const payment = find(state.payments, c.req.param("id"));
        if (payment === undefined) return unknown("payment_intent", "intent", c.req.param("id"));
        if (!isWaiting(payment)) return unexpected(till, payment, "confirm");
        const method = saved(till, payment.customerId, methodId);
        if (method === undefined) return unknown("PaymentMethod", "payment_method", methodId);
        chargeWithOwner(till, payment, method, returnUrl);
        return outcomeOf(till, payment);
      },
    }),
  );

  api.post("/:id/cancel", (c) =>
    made(c, {
      till,
      params: CancelParams,
      run: () => {
        const payment = find(state.payments, c.req.param("id"));
        if (payment === undefined) return unknown("payment_intent", "intent", c.req.param("id"));
        if (!isWaiting(payment)) return unexpected(till, payment, "cancel");
        cancel(till, payment);
        return { answer: paymentObject(till, payment) };
      },
    }),
  );

  api.get("/:id", (c) => {
    const payment = find(state.payments, c.req.param("id"));
    return payment === undefined ? missing(c, "payment_intent") : c.json(paymentObject(till, payment, expandedBy(c)));
  });

  return api;
}

function saved(till: Till, customerId: string | null, methodId: string): Method | undefined {
  const method = find(till.store.state.methods, methodId);
  return method !== undefined && method.customerId !== null && method.customerId === customerId ? method : undefined;
}

const isWaiting = ({ status }: Payment): boolean =>
  status === "requires_payment_method" || status === "requires_action";

const unexpected = (till: Till, payment: Payment, act: string): Acted => ({
  refused: {
    code: "payment_intent_unexpected_state",
    message: `You cannot ${act} this PaymentIntent because it has a status of ${payment.status}.`,
    payment_intent: paymentObject(till, payment),
  },
});

/** A card that refuses is an error of its own, with the payment in it. */
function outcomeOf(till: Till, payment: Payment, expanded: readonly string[] = []): Acted {
  const object = paymentObject(till, payment, expanded);
  const { lastError } = payment;
  if (lastError === null || payment.status !== "requires_payment_method") return { answer: object };
  const { code, declineCode, message } = lastError;
  const error = { type: "card_error", code, message, ...(declineCode === null ? {} : { decline_code: declineCode }) };
  return { status: 402, answer: { error: { ...error, payment_intent: object } } };
}
