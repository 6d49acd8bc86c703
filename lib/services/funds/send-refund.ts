import { and, eq, lt } from "drizzle-orm";
import { refundRequests } from "@/db/schema/operators";
import { type PaymentProvider, PaymentsUnavailable } from "@/lib/payments/provider";
import { idAtProvider } from "@/lib/payments/references";
import type { Context } from "@/lib/services/context";
import type { PaymentContext } from "./payment-context";
import { takeMoneyBack } from "./take-money-back";

type Request = typeof refundRequests.$inferSelect;

/** The operator's own request has answered or given up by then. */
const AGAIN_AFTER_MS = 60_000;

/**
 * Asks the provider for a refund that was decided on, and posts what it answers. Any number of times: the provider gives
 * back once per request, and each transition is posted once. A provider that does not answer leaves it `sending`.
 * @returns the request as it is afterwards
 */
export async function sendRefund(ctx: PaymentContext, request: Request): Promise<Request> {
  const { name } = ctx.payments;
  const { reference, amount, depositReference } = request;
  try {
    const paymentId = idAtProvider(name, depositReference);
    if (paymentId === null) throw new Error(`Refund ${reference} is of a deposit that is not ${name}'s`);
    const answer = await ctx.payments.refund({ paymentId, amount, request: reference });
    if (answer.ok) await takeMoneyBack(ctx, name, answer.changes);
    else {
      await ctx.db
        .update(refundRequests)
        .set({ state: "failed", problem: answer.problem })
        .where(and(eq(refundRequests.reference, reference), eq(refundRequests.state, "sending")));
    }
  } catch (error) {
    if (!(error instanceof PaymentsUnavailable)) throw error;
  }
  const [now] = await ctx.db.select().from(refundRequests).where(eq(refundRequests.reference, reference));
  return now ?? request;
}

/**
 * Asks again for what was not answered.
 * @param payments the provider, asked for only where there is something to ask
 * @returns how many were asked for
 */
export async function sendWaitingRefunds(ctx: Context, payments: () => PaymentProvider): Promise<number> {
  const before = new Date(ctx.clock().getTime() - AGAIN_AFTER_MS);
  const waiting = await ctx.db
    .select()
    .from(refundRequests)
    .where(and(eq(refundRequests.state, "sending"), lt(refundRequests.decidedAt, before)));
  for (const request of waiting) await sendRefund({ ...ctx, payments: payments() }, request);
  return waiting.length;
}
