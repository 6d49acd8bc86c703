import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { readDelivery } from "./stripe-events";
import { disputeChanges, refundChanges } from "./stripe-money-back";

/** As documented at https://docs.stripe.com/api/refunds/object */
const refund = {
  id: "re_1Nispe2eZvKYlo2Cd31jOCgZ",
  object: "refund",
  amount: 1000,
  balance_transaction: "txn_1Nispe2eZvKYlo2CYezqFhEx",
  charge: "ch_1NirD82eZvKYlo2CIvbtLWuY",
  created: 1692942318,
  currency: "usd",
  destination_details: {
    card: {
      reference: "123456789012",
      reference_status: "available",
      reference_type: "acquirer_reference_number",
      type: "refund",
    },
    type: "card",
  },
  metadata: {},
  payment_intent: "pi_1GszsK2eZvKYlo2CfhZyoZLp",
  reason: null,
  receipt_number: null,
  source_transfer_reversal: null,
  status: "succeeded",
  transfer_reversal: null,
};

/** As documented at https://docs.stripe.com/api/disputes/object */
const dispute = {
  id: "du_1MtJUT2eZvKYlo2CNaw2HvEv",
  object: "dispute",
  amount: 1000,
  balance_transactions: [],
  charge: "ch_1AZtxr2eZvKYlo2CJDX8whov",
  created: 1680651737,
  currency: "usd",
  evidence_details: { due_by: 1682294399, has_evidence: false, past_due: false, submission_count: 0 },
  is_charge_refundable: true,
  livemode: false,
  metadata: {},
  payment_intent: "pi_1GszsK2eZvKYlo2CfhZyoZLp",
  reason: "general",
  status: "warning_needs_response",
};

const taken = { transition: refund.id, paymentId: refund.payment_intent, amount: 10_000_000_000n, request: null };
const names = (changes: { transition: string }[]) =>
  changes.map(({ transition }) => transition.replace(/^.*(?=:)/, ""));

describe("a refund", () => {
  test.each(["pending", "requires_action", "succeeded", null])("that is %s has taken the money", (status) => {
    expect(refundChanges({ ...refund, status })).toEqual([{ ...taken, reason: "refund" }]);
  });

  test.each(["failed", "canceled"])("that %s has taken it and brought it back", (status) => {
    expect(refundChanges({ ...refund, status })).toEqual([
      { ...taken, reason: "refund" },
      { ...taken, reason: "refund_failed", transition: `${refund.id}:failed` },
    ]);
  });

  test("says which request of ours it answers, and names its payment also when that is expanded", () => {
    const expanded = {
      ...refund,
      payment_intent: { id: "pi_2", object: "payment_intent" },
      metadata: { tenspot_refund: "r" },
    };
    expect(refundChanges(expanded)).toMatchObject([{ request: "r", paymentId: "pi_2" }]);
  });
});

describe("a dispute", () => {
  const withdrawn = { amount: -1000, fee: 1500, net: -2500, type: "adjustment" };
  const reinstated = { amount: 1000, fee: 0, net: 1000, type: "adjustment" };
  test.each([
    ["charge.dispute.created", {}, []],
    ["charge.dispute.created", { status: "needs_response", balance_transactions: [withdrawn] }, [dispute.id]],
    ["charge.dispute.funds_withdrawn", { status: "needs_response" }, [dispute.id]],
    ["charge.dispute.updated", { status: "under_review", balance_transactions: [withdrawn] }, [dispute.id]],
    ["charge.dispute.closed", { status: "warning_closed" }, []],
    ["charge.dispute.closed", { status: "lost" }, [dispute.id]],
    ["charge.dispute.closed", { status: "won" }, [dispute.id, ":reinstated"]],
    ["charge.dispute.funds_reinstated", { status: "won" }, [dispute.id, ":reinstated"]],
    [
      "charge.dispute.updated",
      { status: "won", balance_transactions: [withdrawn, reinstated] },
      [dispute.id, ":reinstated"],
    ],
  ])("%s with %j has moved %j", (type, changes, moved) => {
    expect(names(disputeChanges(type, { ...dispute, ...changes }))).toEqual(moved);
  });
});

describe("an event of another account", () => {
  const now = new Date("2026-11-21T10:00:00.000Z");
  const seconds = now.getTime() / 1_000;
  const read = (envelope: object, account?: string) => {
    const body = JSON.stringify({
      id: "evt_1",
      type: "refund.created",
      livemode: false,
      data: { object: refund },
      ...envelope,
    });
    const proof = createHmac("sha256", "whsec_1").update(`${seconds}.${body}`).digest("hex");
    const delivery = { rawBody: Buffer.from(body), signature: `t=${seconds},v1=${proof}`, receivedAt: now };
    return readDelivery(delivery, { webhookSecrets: ["whsec_1"], live: false, account });
  };

  test("is refused, signed as it is; ours is taken, named or not", () => {
    expect(read({ account: "acct_other" }, "acct_ours").ok).toBe(false);
    expect(read({ account: "acct_other" }).ok).toBe(false);
    expect(read({ account: "acct_ours" }, "acct_ours").ok).toBe(true);
    expect(read({}, "acct_ours")).toMatchObject({ ok: true, event: { kind: "money_back" } });
  });
});
