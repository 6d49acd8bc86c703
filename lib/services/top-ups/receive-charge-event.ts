import { and, eq } from "drizzle-orm";
import { topUps } from "@/db/schema/top-ups";
import type { ChargeChanged } from "@/lib/payments/provider";
import type { PaymentContext } from "@/lib/services/funds/payment-context";
import { settleTopUp } from "./settle-top-up";

/**
 * Something was told about the charge of a saved card. What became of it is asked, not read from what was told: so the
 * order in which it is told does not matter.
 * @returns whether it is about a top-up of ours
 * @throws PaymentsUnavailable when the provider cannot be asked.
 */
export async function receiveChargeEvent(ctx: PaymentContext, event: ChargeChanged): Promise<boolean> {
  const [topUp] = await ctx.db
    .select()
    .from(topUps)
    .where(and(eq(topUps.id, event.topUpId), eq(topUps.accountId, event.accountId)));
  if (topUp === undefined) return false;
  await settleTopUp(ctx, topUp, await ctx.payments.chargeState(event.paymentId));
  return true;
}
