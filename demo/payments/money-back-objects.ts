import type { Dispute, Payment, Refund } from "./store";

type Json = Record<string, unknown>;

export const refundObject = (refund: Refund, payment: Payment): Json => ({
  id: refund.id,
  object: "refund",
  amount: refund.amountCents,
  balance_transaction: `txn_${refund.id}`,
  charge: payment.charge?.id ?? null,
  created: refund.createdS,
  currency: "usd",
  destination_details: { type: "card", card: { type: "refund", reference_status: "pending" } },
  ...(refund.failureReason === null
    ? {}
    : { failure_balance_transaction: `txn_${refund.id}_failure`, failure_reason: refund.failureReason }),
  metadata: refund.metadata,
  payment_intent: payment.id,
  ...(refund.status === "pending" ? { pending_reason: "processing" } : {}),
  reason: refund.reason,
  receipt_number: null,
  source_transfer_reversal: null,
  status: refund.status,
  transfer_reversal: null,
});

/** What Stripe keeps for a dispute, won or lost. */
const DISPUTE_FEE_CENTS = 1_500;

export const disputeObject = (dispute: Dispute, payment: Payment): Json => ({
  id: dispute.id,
  object: "dispute",
  amount: dispute.amountCents,
  balance_transactions: [
    movement(`txn_${dispute.id}`, -dispute.amountCents, DISPUTE_FEE_CENTS, dispute.createdS),
    ...(dispute.reinstatedS === null
      ? []
      : [movement(`txn_${dispute.id}_reinstated`, dispute.amountCents, 0, dispute.reinstatedS)]),
  ],
  charge: payment.charge?.id ?? null,
  created: dispute.createdS,
  currency: "usd",
  evidence_details: {
    due_by: dispute.createdS + 7 * 86_400,
    has_evidence: false,
    past_due: false,
    submission_count: 0,
  },
  is_charge_refundable: false,
  livemode: false,
  metadata: {},
  payment_intent: payment.id,
  reason: dispute.reason,
  status: dispute.status,
});

const movement = (id: string, cents: number, feeCents: number, createdS: number): Json => ({
  id,
  object: "balance_transaction",
  amount: cents,
  created: createdS,
  currency: "usd",
  fee: feeCents,
  net: cents - feeCents,
  reporting_category: cents < 0 ? "dispute" : "dispute_reversal",
  status: "available",
  type: "adjustment",
});
