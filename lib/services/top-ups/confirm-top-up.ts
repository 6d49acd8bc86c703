import { and, eq } from "drizzle-orm";
import { topUps } from "@/db/schema/top-ups";
import type { AccountRef } from "@/lib/ledger/wallet";
import { PaymentsUnavailable } from "@/lib/payments/provider";
import type { PaymentContext } from "@/lib/services/funds/payment-context";
import { done, type Result, refused } from "@/lib/services/result";
import { settleTopUp } from "./settle-top-up";

export interface ConfirmTopUp {
  account: AccountRef;
  topUpId: string;
  /** Absolute address of the page to come back to. */
  returnUrl: string;
}

/**
 * The card's owner is there: answers the address of their bank's page, or null where there was nothing to ask any more.
 * The same payment is tried, so that it can never be charged twice. Refuses what is `not_found` or not asked for.
 */
export async function confirmTopUp(
  ctx: PaymentContext,
  { account, topUpId, returnUrl }: ConfirmTopUp,
): Promise<Result<{ url: string | null }>> {
  const [topUp] = await ctx.db
    .select()
    .from(topUps)
    .where(and(eq(topUps.id, topUpId), eq(topUps.lane, account.lane), eq(topUps.accountId, account.id)));
  if (topUp === undefined) return refused("not_found", "There is no such top-up.");
  if (topUp.state !== "asked" || topUp.paymentId === null) {
    return refused("invalid", "There is nothing to confirm any more; what became of it is on this page.");
  }
  const { paymentId, cardId } = topUp;
  try {
    const confirmed = await ctx.payments.confirmCharge({ paymentId, cardId, returnUrl });
    if ("url" in confirmed) return done({ url: confirmed.url });
    await settleTopUp(ctx, topUp, confirmed);
    return done({ url: null });
  } catch (error) {
    if (!(error instanceof PaymentsUnavailable)) throw error;
    return refused("unavailable", "The payment service did not answer. Nothing was charged; try again in a minute.");
  }
}
