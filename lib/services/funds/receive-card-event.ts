import { and, eq, inArray } from "drizzle-orm";
import { accounts } from "@/db/schema/accounts";
import { cardSetups, cards, paymentCustomers } from "@/db/schema/cards";
import { laneOf } from "@/lib/ledger/lanes";
import type { AccountRef } from "@/lib/ledger/wallet";
import type { CardSaved, CardsChanged } from "@/lib/payments/provider";
import type { PaymentContext } from "./payment-context";
import { readCards } from "./read-cards";

/**
 * Something was told about somebody's cards. Which there are is asked, not read from what was told: so the order in
 * which it is told does not matter.
 * @returns whether it is about an account of ours
 * @throws PaymentsUnavailable when the provider cannot be asked.
 */
export async function receiveCardEvent(ctx: PaymentContext, event: CardSaved | CardsChanged): Promise<boolean> {
  const account = event.kind === "card_saved" ? await ownerOfSetup(ctx, event) : await ownerOfCard(ctx, event);
  if (account === null) return false;
  await readCards(ctx, account);
  if (event.kind === "card_saved") await noteSaved(ctx, account, event.setupId);
  return true;
}

/** Makes the row where the process stopped before it was written. */
async function noteSaved(ctx: PaymentContext, account: AccountRef, setupId: string): Promise<void> {
  const now = ctx.clock();
  await ctx.db
    .insert(cardSetups)
    .values({ id: setupId, lane: account.lane, accountId: account.id, status: "saved", createdAt: now, updatedAt: now })
    .onConflictDoUpdate({
      target: cardSetups.id,
      set: { status: "saved", updatedAt: now },
      setWhere: eq(cardSetups.accountId, account.id),
    });
}

async function ownerOfSetup(ctx: PaymentContext, { accountId }: CardSaved): Promise<AccountRef | null> {
  const account = { lane: laneOf(accountId), id: accountId };
  const found = await ctx.db
    .select({ id: accounts.id })
    .from(accounts)
    .where(and(eq(accounts.lane, account.lane), eq(accounts.id, account.id)));
  return found.length > 0 ? account : null;
}

/** A card just taken from its customer no longer names one: then it is known by itself. */
async function ownerOfCard(ctx: PaymentContext, { customerId, cardId }: CardsChanged): Promise<AccountRef | null> {
  const [customer] = await ctx.db
    .select({ lane: paymentCustomers.lane, id: paymentCustomers.accountId })
    .from(paymentCustomers)
    .where(inArray(paymentCustomers.customerId, customerId === null ? [] : [customerId]));
  if (customer !== undefined) return customer;
  const [card] = await ctx.db.select({ lane: cards.lane, id: cards.accountId }).from(cards).where(eq(cards.id, cardId));
  return card ?? null;
}
