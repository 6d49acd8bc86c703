"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import type { FundsState } from "@/components/funds/form-shape";
import { AlertInput, TopUpInput } from "@/components/funds/top-up-input";
import { type AlertState, STOP, type TopUpState } from "@/components/funds/top-up-state";
import { setBalanceAlert } from "@/lib/services/alerts/set-balance-alert";
import { paymentContext } from "@/lib/services/funds/payment-context";
import { confirmTopUp } from "@/lib/services/top-ups/confirm-top-up";
import { setAutoTopUp, stopAutoTopUp } from "@/lib/services/top-ups/set-auto-top-up";
import { formAction } from "@/lib/session/form-action";
import { publicOrigin } from "@/lib/session/public-origin";

const set = formAction(
  TopUpInput,
  ({ ctx, account, input: { card, ...input } }) => setAutoTopUp(ctx, account, { ...input, cardId: card }),
  "Automatic top-up is on.",
);

const stop = formAction(
  z.object({}),
  ({ ctx, account }) => stopAutoTopUp(ctx, account),
  "Automatic top-up is off. Nothing is charged by itself any more.",
);

/** Sets it and turns it on, or turns it off: by the button that was pressed. */
export async function changeTopUp(previous: TopUpState, form: FormData): Promise<TopUpState> {
  const text = (name: string) => String(form.get(name) ?? "");
  const state = await (text("act") === STOP ? stop : set)(previous, form);
  revalidatePath("/funds");
  const [threshold, mode, amount] = [text("threshold"), text("mode"), text("amount")];
  return { ...state, typed: { threshold, mode, amount, monthMax: text("monthMax"), card: text("card") } };
}

const confirm = formAction(
  z.object({ topUp: z.uuid() }),
  async ({ account, input }) => {
    const confirmed = await confirmTopUp(paymentContext(), {
      account,
      topUpId: input.topUp,
      returnUrl: `${publicOrigin()}/funds?top-up=returned`,
    });
    return confirmed.ok && confirmed.value.url !== null ? redirect(confirmed.value.url) : confirmed;
  },
  "Nothing more is to be confirmed.",
);

/** Off to the page of the card's bank. */
export async function confirmOwnTopUp(previous: FundsState, form: FormData): Promise<FundsState> {
  const state = await confirm(previous, form);
  revalidatePath("/funds");
  return state;
}

const alert = formAction(
  AlertInput,
  ({ ctx, account, input }) => setBalanceAlert(ctx, { account, ...input }),
  "The alert is set.",
);

export async function setAlert(previous: AlertState, form: FormData): Promise<AlertState> {
  const state = await alert(previous, form);
  revalidatePath("/funds");
  return { ...state, typed: { lowBelow: String(form.get("lowBelow") ?? "") } };
}
