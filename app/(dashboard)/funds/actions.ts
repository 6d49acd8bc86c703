"use server";

import { redirect } from "next/navigation";
import { PayInInput } from "@/components/funds/pay-in-input";
import type { PayInState } from "@/components/funds/pay-in-state";
import { openCheckout } from "@/lib/services/funds/open-checkout";
import { paymentContext } from "@/lib/services/funds/payment-context";
import { formAction } from "@/lib/session/form-action";
import { publicOrigin } from "@/lib/session/public-origin";

const openPayment = formAction(
  PayInInput,
  async ({ account, input }) => {
    const opened = await openCheckout(paymentContext(), { account, ...input, returnUrl: `${publicOrigin()}/funds` });
    return opened.ok ? redirect(opened.value.url) : opened;
  },
  "",
);

/** Off to the payment page; or back with what is wrong, and what was typed. */
export async function payIn(previous: PayInState, form: FormData): Promise<PayInState> {
  const text = (name: string) => String(form.get(name) ?? "");
  return {
    ...(await openPayment(previous, form)),
    typed: { choice: text("choice"), amount: text("amount"), keep: text("keep") === "on" },
  };
}
