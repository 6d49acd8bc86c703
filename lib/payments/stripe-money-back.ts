import { z } from "zod";
import { nanosOfCents } from "./cents";
import type { MoneyBack, PaymentEvent } from "./provider";

const Id = z.string().min(1).max(255);
const Reference = z
  .union([Id, z.object({ id: Id }).transform(({ id }) => id)])
  .nullish()
  .transform((id) => id ?? null);

const Taken = z.object({
  id: Id,
  amount: z.number().int().positive(),
  currency: z.literal("usd"),
  payment_intent: Reference,
});

const Refund = Taken.extend({
  object: z.literal("refund"),
  status: z.string().nullish(),
  metadata: z.record(z.string(), z.string()).nullish(),
});

const Dispute = Taken.extend({
  object: z.literal("dispute"),
  status: z.string(),
  balance_transactions: z.array(z.object({ amount: z.number() })).default([]),
});

const Charge = z.object({ object: z.literal("charge"), payment_intent: Reference });

/** Written on a refund that was asked for here. */
export const refundMetadata = (request: string): Record<string, string> => ({ tenspot_refund: request });

export const isRefundOf = (metadata: Record<string, string> | null, request: string): boolean =>
  metadata?.tenspot_refund === request;

type Seen = { eventId: string; type: string; objectId: string };

/** What an event says of refunds and disputes; null where it is about something else. */
export function readMoneyBack(seen: Seen, object: unknown): PaymentEvent | null {
  const { type } = seen;
  if (type === "charge.refunded") {
    const charge = Charge.safeParse(object);
    const paymentId = charge.success ? charge.data.payment_intent : null;
    return paymentId === null ? null : { ...seen, kind: "refunded", paymentId };
  }
  const changes =
    type.startsWith("refund.") || type.startsWith("charge.refund.")
      ? refundChanges(object)
      : type.startsWith("charge.dispute.")
        ? disputeChanges(type, object)
        : [];
  return changes.length === 0 ? null : { ...seen, kind: "money_back", changes };
}

/** A refund takes the money when it is made, and one that failed was made before, whether or not that was told. */
export function refundChanges(object: unknown): MoneyBack[] {
  const refund = Refund.safeParse(object);
  if (!refund.success || refund.data.payment_intent === null) return [];
  const { id, amount: cents, payment_intent: paymentId, status, metadata } = refund.data;
  const taken: MoneyBack = {
    transition: id,
    paymentId,
    amount: nanosOfCents(cents),
    reason: "refund",
    request: metadata?.tenspot_refund ?? null,
  };
  const isBack = status === "failed" || status === "canceled";
  return isBack ? [taken, { ...taken, transition: `${id}:failed`, reason: "refund_failed" }] : [taken];
}

/**
 * Money of a dispute moves when it is withdrawn and when it is reinstated, which each of its later events proves as
 * well; an inquiry that nothing was withdrawn for moves none.
 */
export function disputeChanges(type: string, object: unknown): MoneyBack[] {
  const dispute = Dispute.safeParse(object);
  if (!dispute.success || dispute.data.payment_intent === null) return [];
  const { id, amount: cents, payment_intent: paymentId, status, balance_transactions: movements } = dispute.data;
  const isReinstated =
    status === "won" || type === "charge.dispute.funds_reinstated" || movements.some(({ amount }) => amount > 0);
  const isWithdrawn =
    isReinstated ||
    status === "lost" ||
    type === "charge.dispute.funds_withdrawn" ||
    movements.some(({ amount }) => amount < 0);
  if (!isWithdrawn) return [];
  const taken: MoneyBack = {
    transition: id,
    paymentId,
    amount: nanosOfCents(cents),
    reason: "chargeback",
    request: null,
  };
  return isReinstated ? [taken, { ...taken, transition: `${id}:reinstated`, reason: "dispute_won" }] : [taken];
}
