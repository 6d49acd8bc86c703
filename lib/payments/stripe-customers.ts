import Stripe from "stripe";
import { CustomerGone, type CustomerRequest, type SavedCard } from "./provider";
import { answered, idempotencyKeyOf, isMissing } from "./stripe-answers";
import { metadataOf } from "./stripe-events";

/** Stripe lists a hundred at most, far more than anybody saves. */
const LISTED_MAX = 100;
const ROUNDS_MAX = 20;

export async function makeCustomer(client: Stripe, { accountId, email, instead }: CustomerRequest): Promise<string> {
  const params = { metadata: metadataOf(accountId), ...(email === undefined ? {} : { email }) };
  try {
    const options = { idempotencyKey: idempotencyKeyOf(["customer", params, instead]) };
    return (await answered(client.customers.create(params, options))).id;
  } catch (error) {
    const dislikesEmail = error instanceof Stripe.errors.StripeInvalidRequestError && error.param === "email";
    if (email === undefined || !dislikesEmail) throw error;
    // The address is only a convenience; the person types one that Stripe takes.
    return makeCustomer(client, { accountId, ...(instead === undefined ? {} : { instead }) });
  }
}

export async function savedCards(client: Stripe, customerId: string): Promise<SavedCard[]> {
  try {
    const { data } = await answered(
      client.customers.listPaymentMethods(customerId, { type: "card", limit: LISTED_MAX }),
    );
    return data.flatMap(({ id, created, card }) =>
      card === undefined
        ? []
        : [
            {
              id,
              brand: card.brand,
              last4: card.last4,
              expiryMonth: card.exp_month,
              expiryYear: card.exp_year,
              instrument: card.fingerprint ?? null,
              savedAt: new Date(created * 1_000),
            },
          ],
    );
  } catch (error) {
    // A customer who was deleted has no cards.
    if (isGone(error)) return [];
    throw error;
  }
}

/** Stripe refuses to take a card from nobody, and does not know one that it has forgotten. */
export const removeCard = (client: Stripe, cardId: string): Promise<void> =>
  unlessDone(() => client.paymentMethods.detach(cardId));

export async function forgetCustomer(client: Stripe, customerId: string): Promise<void> {
  try {
    await untilNoMore(() => endPages(client, customerId));
    await untilNoMore(() => takeOffAll(client, customerId));
    await answered(client.customers.del(customerId));
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

/** @param round deals with what is listed first, and answers whether there may be more */
async function untilNoMore(round: () => Promise<boolean>): Promise<void> {
  for (let rounds = 1; await round(); rounds += 1) {
    if (rounds === ROUNDS_MAX) throw new Error("Stripe lists what it was asked to end, again and again");
  }
}

/** Somebody could still pay, or save a card, on a page that was opened before. @returns whether there may be more */
async function endPages(client: Stripe, customer: string): Promise<boolean> {
  const params = { customer, status: "open", limit: LISTED_MAX } as const;
  const { data, has_more: more } = await answered(client.checkout.sessions.list(params));
  // One that was paid or ran out meanwhile cannot be ended, and need not be.
  for (const { id } of data) await unlessDone(() => client.checkout.sessions.expire(id));
  return more;
}

async function takeOffAll(client: Stripe, customerId: string): Promise<boolean> {
  const { data, has_more: more } = await answered(
    client.customers.listPaymentMethods(customerId, { limit: LISTED_MAX }),
  );
  for (const { id } of data) await removeCard(client, id);
  return more;
}

/** Stripe refuses to do what is done, or what cannot be any more. */
async function unlessDone(act: () => Promise<unknown>): Promise<void> {
  try {
    await answered(act());
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
  }
}

const isGone = (error: unknown): boolean => isMissing(error) || error instanceof CustomerGone;
