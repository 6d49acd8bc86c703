"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { cardName } from "@/components/funds/card-name";
import type { FundsState } from "@/components/funds/form-shape";
import { openCardSetup } from "@/lib/services/funds/open-card-setup";
import { paymentContext } from "@/lib/services/funds/payment-context";
import { removeCard } from "@/lib/services/funds/remove-card";
import { formAction } from "@/lib/session/form-action";
import { publicOrigin } from "@/lib/session/public-origin";

const open = formAction(
  z.object({ attempt: z.string().max(64) }),
  async ({ account, input }) => {
    const opened = await openCardSetup(paymentContext(), { account, ...input, returnUrl: `${publicOrigin()}/funds` });
    return opened.ok ? redirect(opened.value.url) : opened;
  },
  "",
);

/** Off to the provider's page, on which a card is saved. */
export async function addCard(previous: FundsState, form: FormData): Promise<FundsState> {
  return open(previous, form);
}

const remove = formAction(
  z.object({ card: z.string().max(255) }),
  ({ account, input }) => removeCard(paymentContext(), { account, cardId: input.card }),
  (card) => `The ${cardName(card)} is removed.`,
);

export async function removeOwnCard(previous: FundsState, form: FormData): Promise<FundsState> {
  const state = await remove(previous, form);
  revalidatePath("/funds");
  return state;
}
