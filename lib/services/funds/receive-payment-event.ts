import { and, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { accounts } from "@/db/schema/accounts";
import { checkouts, paymentEvents } from "@/db/schema/funds";
import { laneOf } from "@/lib/ledger/lanes";
import type { AccountRef } from "@/lib/ledger/wallet";
import { notifyChanged } from "@/lib/live/notify";
import {
  type CardSaved,
  type CardsChanged,
  type ChargeChanged,
  type CheckoutPaid,
  type PaymentEvent,
  PaymentsUnavailable,
} from "@/lib/payments/provider";
import { referenceOf } from "@/lib/payments/references";
import { done, type Result, refused } from "@/lib/services/result";
import { inTransaction } from "@/lib/services/retried";
import { receiveChargeEvent } from "@/lib/services/top-ups/receive-charge-event";
import { creditPayment } from "./credit-payment";
import type { PaymentContext } from "./payment-context";
import { receiveCardEvent } from "./receive-card-event";
import { takeMoneyBack } from "./take-money-back";

export interface PaymentDelivery {
  /** The request's body, byte for byte. */
  rawBody: Uint8Array;
  signature: string | null;
}

type CheckoutStatus = (typeof checkouts.status.enumValues)[number];
type CheckoutEvent = Extract<PaymentEvent, { checkoutId: string }>;

/** A checkout only moves forward, whatever the order of deliveries; paid is final, because the money is in. */
const steps: Record<CheckoutEvent["kind"], { to: CheckoutStatus; from: CheckoutStatus[] }> = {
  checkout_processing: { to: "processing", from: ["open"] },
  checkout_failed: { to: "failed", from: ["open", "processing"] },
  checkout_expired: { to: "expired", from: ["open", "processing"] },
  checkout_paid: { to: "paid", from: ["open", "processing", "failed", "expired"] },
};

/**
 * Takes one webhook delivery of the payment provider; its value is what the delivery was about.
 * The event's row is written last, so a delivery that was cut short anywhere is done again by the next one, and the
 * deposit's reference (the payment, not the event) keeps any number of deliveries and events to one credit.
 * Refuses `invalid` for what the provider did not send, and `unavailable` when it cannot be asked for details.
 */
export async function receivePaymentEvent(
  ctx: PaymentContext,
  { rawBody, signature }: PaymentDelivery,
): Promise<Result<PaymentEvent["kind"]>> {
  const reading = ctx.payments.readDelivery({ rawBody, signature, receivedAt: ctx.clock() });
  if (!reading.ok) return refused("invalid", reading.detail);
  const { event } = reading;
  if (await isRemembered(ctx, event)) return done(event.kind, false);
  if (event.kind === "money_back" || event.kind === "refunded") return receiveMoneyBack(ctx, event);
  if (event.kind === "card_saved" || event.kind === "cards_changed") return receiveCards(ctx, event);
  if (event.kind === "charge_changed") return receiveCharge(ctx, event);

  const account = event.kind === "ignored" ? null : await findAccount(ctx, event.accountId);
  // Events of other products, and of other installations that share the provider's account, are not about us.
  if (event.kind === "ignored" || account === null) {
    return done("ignored", await inTransaction(ctx, (tx) => remember(ctx, tx, event)));
  }
  if (event.kind === "checkout_paid") {
    const credited = await credit(ctx, account, event);
    if (!credited.ok) return credited;
  }
  const first = await inTransaction(ctx, async (tx) => {
    await advance(tx, account, event, ctx.clock());
    return remember(ctx, tx, event);
  });
  notifyChanged(ctx.db, [account.id]);
  return done(event.kind, first);
}

type MoneyBackEvent = Extract<PaymentEvent, { kind: "money_back" | "refunded" }>;

/** A payment of another product is never credited here, and what is told of it waits for ever, harmlessly. */
async function receiveMoneyBack(ctx: PaymentContext, event: MoneyBackEvent): Promise<Result<PaymentEvent["kind"]>> {
  try {
    const changes = event.kind === "money_back" ? event.changes : await ctx.payments.refundsOf(event.paymentId);
    await takeMoneyBack(ctx, ctx.payments.name, changes);
  } catch (error) {
    if (!(error instanceof PaymentsUnavailable)) throw error;
    return refused("unavailable", "The provider did not answer about these refunds; deliver the event again.");
  }
  return done(event.kind, await inTransaction(ctx, (tx) => remember(ctx, tx, event)));
}

async function receiveCards(
  ctx: PaymentContext,
  event: CardSaved | CardsChanged,
): Promise<Result<PaymentEvent["kind"]>> {
  try {
    const isOurs = await receiveCardEvent(ctx, event);
    return done(isOurs ? event.kind : "ignored", await inTransaction(ctx, (tx) => remember(ctx, tx, event)));
  } catch (error) {
    if (!(error instanceof PaymentsUnavailable)) throw error;
    return refused("unavailable", "The provider did not answer about these cards; deliver the event again.");
  }
}

async function receiveCharge(ctx: PaymentContext, event: ChargeChanged): Promise<Result<PaymentEvent["kind"]>> {
  try {
    const isOurs = await receiveChargeEvent(ctx, event);
    return done(isOurs ? event.kind : "ignored", await inTransaction(ctx, (tx) => remember(ctx, tx, event)));
  } catch (error) {
    if (!(error instanceof PaymentsUnavailable)) throw error;
    return refused("unavailable", "The provider did not answer about this charge; deliver the event again.");
  }
}

async function credit(ctx: PaymentContext, account: AccountRef, event: CheckoutPaid): Promise<Result<unknown>> {
  const { amount, paymentId, checkoutId } = event;
  try {
    return await creditPayment(ctx, {
      account,
      reference: referenceOf(ctx.payments.name, paymentId ?? checkoutId),
      amount,
      details: async () => (paymentId === null ? {} : ctx.payments.paymentDetails(paymentId)),
    });
  } catch (error) {
    if (!(error instanceof PaymentsUnavailable)) throw error;
    return refused("unavailable", "The provider did not answer about this payment; deliver the event again.");
  }
}

/** Moves the checkout forward, making its row where the process stopped before it was written. */
async function advance(tx: Tx, account: AccountRef, event: CheckoutEvent, now: Date): Promise<void> {
  const { to: status, from } = steps[event.kind];
  const { checkoutId: id, amount } = event;
  await tx
    .insert(checkouts)
    .values({ id, lane: account.lane, accountId: account.id, amount, status, createdAt: now, updatedAt: now })
    .onConflictDoUpdate({
      target: checkouts.id,
      set: { status: sql`excluded.status`, updatedAt: sql`excluded.updated_at` },
      setWhere: inArray(checkouts.status, from),
    });
}

async function isRemembered(ctx: PaymentContext, { eventId }: PaymentEvent): Promise<boolean> {
  const found = await ctx.db
    .select({ eventId: paymentEvents.eventId })
    .from(paymentEvents)
    .where(and(eq(paymentEvents.provider, ctx.payments.name), eq(paymentEvents.eventId, eventId)));
  return found.length > 0;
}

/** Answers whether this delivery was the one that wrote it. */
async function remember(ctx: PaymentContext, tx: Tx, { eventId, type, objectId }: PaymentEvent): Promise<boolean> {
  const written = await tx
    .insert(paymentEvents)
    .values({ provider: ctx.payments.name, eventId, type, objectId, receivedAt: ctx.clock() })
    .onConflictDoNothing()
    .returning({ eventId: paymentEvents.eventId });
  return written.length > 0;
}

async function findAccount(ctx: PaymentContext, id: string): Promise<AccountRef | null> {
  const account = { lane: laneOf(id), id };
  const found = await ctx.db
    .select({ id: accounts.id })
    .from(accounts)
    .where(and(eq(accounts.lane, account.lane), eq(accounts.id, id)));
  return found.length > 0 ? account : null;
}
