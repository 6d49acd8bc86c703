import { disputeObject, refundObject } from "./money-back-objects";
import { chargeObject } from "./objects";
import { type Dispute, find, type Payment, type Refund } from "./store";
import { emit, newId, nowS, type Till } from "./till";

/** Of a payment, what no refund has given back. */
export const refundableCents = ({ status, amountCents, refundedCents }: Payment): number =>
  status === "succeeded" ? amountCents - refundedCents : 0;

export interface NewRefund {
  amountCents: number;
  reason: string | null;
  metadata: Record<string, string>;
  /** Whether the bank takes its time: then the refund is `pending` until it is settled. */
  pending?: boolean;
}

/** Gives money back. The caller has made sure that so much can be refunded. */
export function refund(till: Till, payment: Payment, { pending = false, ...wanted }: NewRefund): Refund {
  const made: Refund = {
    ...wanted,
    id: newId("re"),
    paymentId: payment.id,
    createdS: nowS(till),
    status: pending ? "pending" : "succeeded",
    failureReason: null,
  };
  till.store.state.refunds[made.id] = made;
  payment.refundedCents += made.amountCents;
  tell(till, "refund.created", payment, refundObject(made, payment));
  tell(till, "charge.refunded", payment, chargeObject(payment) ?? {});
  return made;
}

/** The bank has taken the money of a pending refund. Does nothing to others. */
export function settleRefund(till: Till, made: Refund): void {
  const payment = find(till.store.state.payments, made.paymentId);
  if (payment === undefined || made.status !== "pending") return;
  made.status = "succeeded";
  tell(till, "refund.updated", payment, refundObject(made, payment));
  tell(till, "charge.refund.updated", payment, refundObject(made, payment));
}

/** The bank could not give the money to anybody, perhaps days after it took it: the merchant has it back. */
export function failRefund(till: Till, made: Refund, why = "expired_or_canceled_card"): void {
  const payment = find(till.store.state.payments, made.paymentId);
  if (payment === undefined || made.status === "failed" || made.status === "canceled") return;
  made.status = "failed";
  made.failureReason = why;
  payment.refundedCents -= made.amountCents;
  tell(till, "refund.failed", payment, refundObject(made, payment));
  tell(till, "refund.updated", payment, refundObject(made, payment));
}

/** The customer tells their bank that the payment was not theirs: the money is withdrawn at once. */
export function openDispute(till: Till, payment: Payment, amountCents = payment.amountCents): Dispute {
  const dispute: Dispute = {
    id: newId("du"),
    paymentId: payment.id,
    createdS: nowS(till),
    amountCents,
    reason: "fraudulent",
    status: "needs_response",
    reinstatedS: null,
  };
  till.store.state.disputes[dispute.id] = dispute;
  payment.disputed = true;
  tell(till, "charge.dispute.created", payment, disputeObject(dispute, payment));
  tell(till, "charge.dispute.funds_withdrawn", payment, disputeObject(dispute, payment));
  return dispute;
}

export const isOpen = ({ status }: Dispute): boolean => status === "needs_response" || status === "under_review";

/** The merchant's evidence went to the bank. */
export function submitEvidence(till: Till, dispute: Dispute): void {
  const payment = find(till.store.state.payments, dispute.paymentId);
  if (payment === undefined || dispute.status !== "needs_response") return;
  dispute.status = "under_review";
  tell(till, "charge.dispute.updated", payment, disputeObject(dispute, payment));
}

/** The bank has decided. Won, the money comes back. Does nothing to a dispute that is closed. */
export function closeDispute(till: Till, dispute: Dispute, won: boolean): void {
  const payment = find(till.store.state.payments, dispute.paymentId);
  if (payment === undefined || !isOpen(dispute)) return;
  dispute.status = won ? "won" : "lost";
  if (won) dispute.reinstatedS = nowS(till);
  tell(till, "charge.dispute.closed", payment, disputeObject(dispute, payment));
  if (won) tell(till, "charge.dispute.funds_reinstated", payment, disputeObject(dispute, payment));
}

const tell = (till: Till, type: string, payment: Payment, object: Record<string, unknown>): void =>
  emit(till, type, { id: payment.sessionId ?? payment.id }, object);
