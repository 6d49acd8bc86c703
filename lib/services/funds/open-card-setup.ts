import { and, eq } from "drizzle-orm";
import { accounts } from "@/db/schema/accounts";
import { cardSetups } from "@/db/schema/cards";
import type { AccountRef } from "@/lib/ledger/wallet";
import { type Checkout, PaymentsUnavailable } from "@/lib/payments/provider";
import { done, type Result, refused } from "@/lib/services/result";
import type { PaymentContext } from "./payment-context";
import { withCustomer } from "./payment-customer";

export interface OpenCardSetup {
  account: AccountRef;
  /** Made anew for each showing of the form, so that a double click opens one page, not two. */
  attempt: string;
  /** Absolute address of the page to come back to; `method=` and `checkout=` are added to it. */
  returnUrl: string;
}

const ATTEMPT = /^[A-Za-z0-9-]{8,64}$/;

/**
 * Opens a page of the provider's on which a card is saved; nothing is charged. Refuses `invalid` attempts and closed
 * accounts, `not_found` ones, and `unavailable` when the provider is silent.
 */
export async function openCardSetup(
  ctx: PaymentContext,
  { account, attempt, returnUrl }: OpenCardSetup,
): Promise<Result<Checkout>> {
  if (!ATTEMPT.test(attempt)) return refused("invalid", "Reload the page and try again.", "attempt");
  const [owner] = await ctx.db
    .select({ status: accounts.status })
    .from(accounts)
    .where(and(eq(accounts.lane, account.lane), eq(accounts.id, account.id)));
  if (owner === undefined) return refused("not_found", "There is no such account.");
  if (owner.status === "closed") return refused("invalid", "This account is closed and pays for nothing any more.");
  try {
    const page = await withCustomer(ctx, account, (customerId) =>
      ctx.payments.openSetup({ accountId: account.id, customerId, attempt, returnUrl }),
    );
    const now = ctx.clock();
    await ctx.db
      .insert(cardSetups)
      .values({
        id: page.id,
        lane: account.lane,
        accountId: account.id,
        status: "open",
        createdAt: now,
        updatedAt: now,
      })
      .onConflictDoNothing();
    return done(page);
  } catch (error) {
    if (!(error instanceof PaymentsUnavailable)) throw error;
    return refused("unavailable", "The payment service did not answer. Nothing was saved; try again in a minute.");
  }
}
