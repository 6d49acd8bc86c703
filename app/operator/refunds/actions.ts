"use server";

import { z } from "zod";
import { Dollars } from "@/app/operator/amount-field";
import { decision, Reason, text } from "@/app/operator/fields";
import { operatorAction } from "@/app/operator/operator-action";
import type { ActState } from "@/components/operator/act-state";
import { paymentContext } from "@/lib/services/funds/payment-context";
import { decideRefund } from "@/lib/services/operators/decide-refund";
import { refundDeposit } from "@/lib/services/operators/refund-deposit";

const pageOf = ({ reference }: { reference: string }) => `/operator/refunds?${new URLSearchParams({ reference })}`;

const give = operatorAction({
  act: "refund.give",
  schema: z.object({
    attempt: z.uuid("Open this form anew."),
    deposit: text(255).min(1, "Choose the deposit."),
    amount: Dollars,
    reason: Reason,
  }),
  run: ({ actor, input: { attempt, ...refund } }) =>
    refundDeposit(paymentContext(), { ...refund, reference: `refund:${attempt}`, actor }),
  next: pageOf,
});

const decide = operatorAction({
  act: "refund.decide",
  schema: z.object({ id: text(128), decision: decision("approve", "decline"), reason: Reason }),
  run: ({ actor, input: { id, decision, reason } }) =>
    decideRefund(paymentContext(), { reference: id, approve: decision === "approve", reason, actor }),
  next: pageOf,
});

export async function refundByHand(previous: ActState, form: FormData): Promise<ActState> {
  return give(previous, form);
}

export async function decideOnRefund(previous: ActState, form: FormData): Promise<ActState> {
  return decide(previous, form);
}
