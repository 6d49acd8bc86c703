import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { accounts } from "@/db/schema/accounts";
import { checkouts } from "@/db/schema/funds";
import type { AccountRef } from "@/lib/ledger/wallet";
import { dollarsExact } from "@/lib/money/format";
import type { Nanos } from "@/lib/money/nanos";
import { isWholeCents } from "@/lib/payments/cents";
import { type Checkout, PaymentsUnavailable } from "@/lib/payments/provider";
import { done, type Result, refused } from "@/lib/services/result";
import { CHECKOUT_MAX, CHECKOUT_MIN } from "./checkout-amounts";
import type { PaymentContext } from "./payment-context";
import { withCustomer } from "./payment-customer";

export interface OpenCheckout {
  account: AccountRef;
  /** $5 to $5,000 in whole cents. */
  amount: Nanos;
  /** Made anew for each showing of the form, so that a double click or a resent form opens one page, not two. */
  attempt: string;
  /** Whether a card that pays is kept, for later payments and automatic top-up. */
  keepsCard?: boolean;
  /** Absolute address of the page to come back to; `payment=` and `checkout=` are added to it. */
  returnUrl: string;
}

const ATTEMPT = /^[A-Za-z0-9-]{8,64}$/;

/**
 * Opens a payment page and notes it as `open`. No money moves here or in the browser: what is credited is what the
 * provider later says was paid.
 * Refuses `invalid` amounts and attempts, `not_found` or closed accounts, and `unavailable` when the provider is silent.
 */
export async function openCheckout(
  ctx: PaymentContext,
  { account, amount, attempt, keepsCard = false, returnUrl }: OpenCheckout,
): Promise<Result<Checkout>> {
  const problem = amountProblem(amount);
  if (problem !== null) return refused("invalid", problem, "amount");
  if (!ATTEMPT.test(attempt)) return refused("invalid", "Reload the page and try again.", "attempt");

  const [owner] = await ctx.db
    .select({ status: accounts.status })
    .from(accounts)
    .where(and(eq(accounts.lane, account.lane), eq(accounts.id, account.id)));
  if (owner === undefined) return refused("not_found", "There is no such account.");
  if (owner.status === "closed") return refused("invalid", "This account is closed and takes no more money.");

  const open = (named: string) =>
    withCustomer(ctx, account, (customerId) =>
      ctx.payments.openCheckout({ accountId: account.id, customerId, amount, attempt: named, keepsCard, returnUrl }),
    );
  try {
    const checkout = await open(attempt);
    if (await note(ctx, account, amount, checkout)) return done(checkout);
    // The form was sent again from the browser's history, after its page had been used up.
    const fresh = await open(randomUUID());
    await note(ctx, account, amount, fresh);
    return done(fresh);
  } catch (error) {
    if (!(error instanceof PaymentsUnavailable)) throw error;
    return refused("unavailable", "The payment service did not answer. Nothing was charged; try again in a minute.");
  }
}

/** Notes the page unless it is noted already; answers whether it can still be paid. */
async function note(ctx: PaymentContext, account: AccountRef, amount: Nanos, { id }: Checkout): Promise<boolean> {
  const now = ctx.clock();
  await ctx.db
    .insert(checkouts)
    .values({
      id,
      lane: account.lane,
      accountId: account.id,
      amount,
      status: "open",
      createdAt: now,
      updatedAt: now,
    })
    .onConflictDoNothing();
  const [noted] = await ctx.db.select({ status: checkouts.status }).from(checkouts).where(eq(checkouts.id, id));
  return noted?.status === "open";
}

function amountProblem(amount: Nanos): string | null {
  if (!isWholeCents(amount)) return "Choose an amount in whole cents.";
  if (amount >= CHECKOUT_MIN && amount <= CHECKOUT_MAX) return null;
  return `Choose an amount from ${dollarsExact(CHECKOUT_MIN)} to ${dollarsExact(CHECKOUT_MAX)}.`;
}
