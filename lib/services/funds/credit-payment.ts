import { eq } from "drizzle-orm";
import { deposits } from "@/db/schema/funds";
import type { AccountRef } from "@/lib/ledger/wallet";
import type { Nanos } from "@/lib/money/nanos";
import type { PaymentDetails } from "@/lib/payments/provider";
import { done, type Result } from "@/lib/services/result";
import type { PaymentContext } from "./payment-context";
import { recordDeposit } from "./record-deposit";
import { postKnownReversals } from "./take-money-back";

export interface CreditPayment {
  account: AccountRef;
  /** Provider and payment: one credit for ever, however often it is told. */
  reference: string;
  /** What the provider says was paid. */
  amount: Nanos;
  /** Asked only for a payment that is not credited yet. */
  details: () => Promise<PaymentDetails>;
}

/** Credits a payment once, and what was taken back of it since. @throws PaymentsUnavailable as `details` does. */
export async function creditPayment(ctx: PaymentContext, payment: CreditPayment): Promise<Result<string>> {
  const { account, reference, amount } = payment;
  if (!(await isCredited(ctx, payment))) {
    const { method = "card", instrument, settledAt } = await payment.details();
    const credited = await recordDeposit(ctx, {
      account,
      reference,
      amount,
      method,
      ...(instrument === undefined ? {} : { instrument }),
      ...(settledAt === undefined ? {} : { occurredAt: settledAt }),
    });
    // Of two at once the other may have known less, or more; the money is in once either way.
    if (!credited.ok && !(await isCredited(ctx, payment))) return credited;
  }
  await postKnownReversals(ctx, reference);
  return done(reference);
}

/** Known details of a payment may grow later; they do not make it another deposit. */
async function isCredited(ctx: PaymentContext, { reference, account, amount }: CreditPayment): Promise<boolean> {
  const [found] = await ctx.db
    .select({ accountId: deposits.accountId, amount: deposits.amount })
    .from(deposits)
    .where(eq(deposits.reference, reference));
  return found?.accountId === account.id && found.amount === amount;
}
