import Stripe from "stripe";
import { CustomerGone, type CustomerRequest, type SavedCard } from "./provider";
import { answered, idempotencyKeyOf, isMissing } from "./stripe-answers";
import { metadataOf } from "./stripe-events";

/** Stripe lists a hundred at most, far more than anybody saves. */
const CARDS_MAX = 100;

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
      client.customers.listPaymentMethods(customerId, { type: "card", limit: CARDS_MAX }),
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
    if (isMissing(error) || error instanceof CustomerGone) return [];
    throw error;
  }
}

export async function removeCard(client: Stripe, cardId: string): Promise<void> {
  try {
    await answered(client.paymentMethods.detach(cardId));
  } catch (error) {
    // Stripe refuses to take a card from nobody, and does not know one that it has forgotten.
    if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
  }
}
