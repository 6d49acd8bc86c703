import type Stripe from "stripe";
import { z } from "zod";
import { nanosOfCents } from "./cents";
import type { PaymentSeen, Period, ProviderBooks } from "./provider";
import { answered } from "./stripe-answers";
import { disputeChanges, refundChanges } from "./stripe-money-back";

/** What one page of Stripe's lists holds at most. */
const PAGE = 100;

const Account = z.object({ tenspot_account: z.uuid() });

/** Charges, refunds and disputes that Stripe made in a period: the lists by the same names. */
export async function booksOf(client: Stripe, { from, to }: Period): Promise<ProviderBooks> {
  const created = { gte: secondsOf(from), lt: secondsOf(to) };
  return books({
    charges: await all(client.charges.list({ created, limit: PAGE })),
    refunds: await all(client.refunds.list({ created, limit: PAGE })),
    disputes: await all(client.disputes.list({ created, limit: PAGE })),
  });
}

export async function booksOfPayment(client: Stripe, paymentId: string): Promise<ProviderBooks> {
  const query = { payment_intent: paymentId, limit: PAGE };
  return books({
    charges: await all(client.charges.list(query)),
    refunds: await all(client.refunds.list(query)),
    disputes: await all(client.disputes.list(query)),
  });
}

interface Lists {
  charges: readonly Stripe.Charge[];
  refunds: readonly Stripe.Refund[];
  disputes: readonly Stripe.Dispute[];
}

const books = ({ charges, refunds, disputes }: Lists): ProviderBooks => ({
  payments: paymentsOf(charges),
  changes: [...refunds.flatMap(refundChanges), ...disputes.flatMap((dispute) => disputeChanges("", dispute))],
});

/** A payment may have several charges, of which one settles. */
function paymentsOf(charges: readonly Stripe.Charge[]): PaymentSeen[] {
  const payments = new Map<string, PaymentSeen>();
  for (const { payment_intent: intent, metadata, status, amount_captured: cents, currency } of charges) {
    const paymentId = typeof intent === "string" ? intent : intent?.id;
    if (paymentId === undefined || payments.get(paymentId)?.settled) continue;
    const ours = Account.safeParse(metadata);
    payments.set(paymentId, {
      paymentId,
      amount: currency === "usd" ? nanosOfCents(cents) : null,
      accountId: ours.success ? ours.data.tenspot_account : null,
      settled: status === "succeeded",
    });
  }
  return [...payments.values()];
}

async function all<T>(pages: Stripe.ApiListPromise<T>): Promise<T[]> {
  const found: T[] = [];
  const each = pages[Symbol.asyncIterator]();
  for (let next = await answered(each.next()); !next.done; next = await answered(each.next())) found.push(next.value);
  return found;
}

const secondsOf = (at: Date): number => Math.floor(at.getTime() / 1_000);
