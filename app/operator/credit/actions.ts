"use server";

import { z } from "zod";
import { Dollars } from "@/app/operator/amount-field";
import { decision, Reason, text } from "@/app/operator/fields";
import { operatorAction } from "@/app/operator/operator-action";
import type { ActState } from "@/components/operator/act-state";
import { decideCredit } from "@/lib/services/operators/decide-credit";
import { giveCredit } from "@/lib/services/operators/give-credit";
import { nameAccount } from "@/lib/services/operators/name-account";

const pageOf = ({ reference }: { reference: string }) => `/operator/credit?${new URLSearchParams({ reference })}`;

const give = operatorAction({
  act: "credit.give",
  schema: z.object({
    attempt: z.uuid("Open this form anew."),
    account: text(254).min(1, "Name the account."),
    bucket: z.enum(["promo", "earned"], "Choose one of the two."),
    amount: Dollars,
    reason: Reason,
  }),
  run: async ({ ctx, actor, input: { attempt, account: typed, ...credit } }) => {
    const account = await nameAccount(ctx, typed);
    if (!account.ok) return account;
    return giveCredit(ctx, { ...credit, account: account.value, reference: `operator:${attempt}`, actor });
  },
  next: pageOf,
});

const decide = operatorAction({
  act: "credit.decide",
  schema: z.object({ id: text(128), decision: decision("approve", "decline"), reason: Reason }),
  run: ({ ctx, actor, input: { id, decision, reason } }) =>
    decideCredit(ctx, { reference: id, approve: decision === "approve", reason, actor }),
  next: pageOf,
});

export async function giveCreditByHand(previous: ActState, form: FormData): Promise<ActState> {
  return give(previous, form);
}

export async function decideOnCredit(previous: ActState, form: FormData): Promise<ActState> {
  return decide(previous, form);
}
