import { Hono } from "hono";
import { z } from "zod";
import { keyed, listed, missing, problemOf } from "./answers";
import { readForm } from "./form";
import { refund, refundableCents } from "./money-back";
import { refundObject } from "./money-back-objects";
import { chargeObject } from "./objects";
import { find, type Payment, type Refund } from "./store";
import type { Till } from "./till";

const RefundParams = z.strictObject({
  payment_intent: z.string().optional(),
  charge: z.string().optional(),
  amount: z
    .string()
    .regex(/^[1-9][0-9]{0,7}$/, "must be a whole number of cents above zero")
    .transform(Number)
    .optional(),
  reason: z.enum(["duplicate", "fraudulent", "requested_by_customer"]).optional(),
  metadata: z.record(z.string().max(40), z.string().max(500)).default({}),
});

/** Stripe's charges and refunds. */
export function refundRoutes(till: Till): Hono {
  const api = new Hono();
  const { state } = till.store;

  const paid = (): Payment[] => Object.values(state.payments).filter(({ status }) => status === "succeeded");
  const ofRefund = (made: Refund): Payment | undefined => find(state.payments, made.paymentId);
  const toObject = (made: Refund) => {
    const payment = ofRefund(made);
    return payment === undefined ? null : refundObject(made, payment);
  };

  /** Whether a dispute has its money, which cannot be given back twice. */
  const isTaken = ({ id }: Payment): boolean =>
    Object.values(state.disputes).some(({ paymentId, status }) => paymentId === id && status !== "won");

  api.get("/charges", (c) => {
    const { payment_intent: intent } = c.req.query();
    const charges = paid().flatMap((payment) =>
      payment.charge === null || (intent !== undefined && intent !== payment.id)
        ? []
        : [{ ...payment.charge, payment }],
    );
    return listed(c, charges, ({ payment }) => chargeObject(payment));
  });

  api.get("/charges/:id", (c) => {
    const payment = Object.values(state.payments).find(({ charge }) => charge?.id === c.req.param("id"));
    return payment === undefined ? missing(c, "charge") : c.json(chargeObject(payment) ?? {});
  });

  api.post("/refunds", (c) =>
    keyed(c, till.store, (body) => {
      const params = RefundParams.safeParse(readForm(body));
      if (!params.success) return { refused: problemOf(params.error) };
      const { payment_intent: intent, charge, amount, reason = null, metadata } = params.data;
      const payment = paid().find(({ id, charge: its }) => (intent === undefined ? its?.id === charge : id === intent));
      if (payment === undefined) {
        const param = intent === undefined ? "charge" : "payment_intent";
        return { refused: { code: "resource_missing", param, message: `No such ${param}: '${intent ?? charge}'` } };
      }
      const most = refundableCents(payment);
      if (most === 0) {
        return {
          refused: {
            code: "charge_already_refunded",
            message: `Charge ${payment.charge?.id} has already been refunded.`,
          },
        };
      }
      if (isTaken(payment)) {
        return {
          refused: {
            code: "charge_disputed",
            message: `Charge ${payment.charge?.id} has been charged back; cannot issue a refund.`,
          },
        };
      }
      const amountCents = amount ?? most;
      if (amountCents > most) {
        const message = `Refund amount (${amountCents}) is greater than unrefunded amount on charge (${most})`;
        return { refused: { param: "amount", message } };
      }
      return { answer: refundObject(refund(till, payment, { amountCents, reason, metadata }), payment) };
    }),
  );

  api.get("/refunds", (c) => {
    const { payment_intent: intent, charge } = c.req.query();
    const some = Object.values(state.refunds).filter(
      (made) =>
        (intent === undefined || made.paymentId === intent) &&
        (charge === undefined || ofRefund(made)?.charge?.id === charge),
    );
    return listed(c, some, toObject);
  });

  api.get("/refunds/:id", (c) => {
    const made = find(state.refunds, c.req.param("id"));
    return made === undefined ? missing(c, "refund") : c.json(toObject(made) ?? {});
  });

  return api;
}
