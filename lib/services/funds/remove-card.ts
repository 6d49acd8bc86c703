import { and, eq, isNull } from "drizzle-orm";
import { cards } from "@/db/schema/cards";
import type { AccountRef } from "@/lib/ledger/wallet";
import { PaymentsUnavailable } from "@/lib/payments/provider";
import { done, type Result, refused } from "@/lib/services/result";
import type { PaymentContext } from "./payment-context";
import { readCards } from "./read-cards";

export interface RemovedCard {
  brand: string;
  last4: string;
}

/**
 * Takes a card off file, at the provider first. Another's card is `not_found` like one that does not exist; `unavailable`
 * when the provider is silent: then the card stays.
 */
export async function removeCard(
  ctx: PaymentContext,
  { account, cardId }: { account: AccountRef; cardId: string },
): Promise<Result<RemovedCard>> {
  const [card] = await ctx.db
    .select({ brand: cards.brand, last4: cards.last4 })
    .from(cards)
    .where(
      and(eq(cards.id, cardId), eq(cards.lane, account.lane), eq(cards.accountId, account.id), isNull(cards.removedAt)),
    );
  if (card === undefined) return refused("not_found", "This card is not on file any more.");
  try {
    await ctx.payments.removeCard(cardId);
    await readCards(ctx, account);
    return done(card);
  } catch (error) {
    if (!(error instanceof PaymentsUnavailable)) throw error;
    return refused(
      "unavailable",
      "The payment service did not answer. The card is still on file; try again in a minute.",
    );
  }
}
