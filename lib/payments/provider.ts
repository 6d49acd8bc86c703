import type { Nanos } from "@/lib/money/nanos";

export interface CustomerRequest {
  accountId: string;
  /** Where the provider may write to, and what its pages fill in. */
  email?: string;
  /** The provider's customer that is gone, where one is to be made instead of it. */
  instead?: string;
}

export interface CheckoutRequest {
  accountId: string;
  /** The provider's id of who pays. */
  customerId: string;
  /** Whole cents, above zero. */
  amount: Nanos;
  /** Names one wish to pay: asked again with the same content, the provider answers with the same page. */
  attempt: string;
  /** Whether a card that pays is kept, to be charged again later. */
  keepsCard?: boolean;
  /** Where the person comes back to, with `payment=returned&checkout=<id>` or `payment=cancelled` added. */
  returnUrl: string;
}

/** A page on which a card is saved and nothing charged. */
export interface SetupRequest {
  accountId: string;
  customerId: string;
  /** As that of a checkout. */
  attempt: string;
  /** Where the person comes back to, with `method=returned&checkout=<id>` or `method=cancelled` added. */
  returnUrl: string;
}

/** A card on file at the provider. */
export interface SavedCard {
  id: string;
  /** The network, as the provider writes it: `visa`. */
  brand: string;
  last4: string;
  /** 1 to 12 */
  expiryMonth: number;
  expiryYear: number;
  /** An opaque fingerprint: the same for the same card. */
  instrument: string | null;
  savedAt: Date;
}

/** A page at the provider. */
export interface Checkout {
  id: string;
  url: string;
}

/** A webhook delivery exactly as it came in: a signature covers bytes, not what they mean. */
export interface Delivery {
  rawBody: Uint8Array;
  signature: string | null;
  receivedAt: Date;
}

interface DeliveredEvent {
  /** The provider's id of the event: the same in every delivery of it. */
  eventId: string;
  /** The provider's own word for what happened. */
  type: string;
  /** The provider's id of what it happened to; empty where that has none. */
  objectId: string;
}

interface CheckoutEvent extends DeliveredEvent {
  checkoutId: string;
  accountId: string;
  /** What the provider says the page asks for, or what was paid. */
  amount: Nanos;
}

export interface CheckoutPaid extends CheckoutEvent {
  kind: "checkout_paid";
  /** The provider's id of the payment: the same in every event about it. */
  paymentId: string | null;
}

/** What a provider took back of a payment, or returned. */
export interface MoneyBack {
  /** Which refund or dispute, and what became of it: the same in whatever tells of it. */
  transition: string;
  /** The provider's id of the payment. */
  paymentId: string;
  /** Above zero. */
  amount: Nanos;
  reason: "refund" | "refund_failed" | "chargeback" | "dispute_won";
  /** The refund request that it answers; null where nobody asked here. */
  request: string | null;
}

/** A page on which a card was saved. */
export interface CardSaved extends DeliveredEvent {
  kind: "card_saved";
  setupId: string;
  accountId: string;
}

/** Something about somebody's cards: which ones there are has to be asked. */
export interface CardsChanged extends DeliveredEvent {
  kind: "cards_changed";
  /** Null where the card has just been taken from its customer. */
  customerId: string | null;
  cardId: string;
}

/** Something about a charge of a saved card: what became of it has to be asked. */
export interface ChargeChanged extends DeliveredEvent {
  kind: "charge_changed";
  topUpId: string;
  accountId: string;
  paymentId: string;
}

/** A payment as the provider's books have it. */
export interface PaymentSeen {
  paymentId: string;
  /** Null where the provider's amount is in another currency. */
  amount: Nanos | null;
  /** The account that it was made for; null for a payment of another product. */
  accountId: string | null;
  /** Whether the money came. */
  settled: boolean;
}

/** From the first instant up to and without the second. */
export interface Period {
  from: Date;
  to: Date;
}

/** What the provider's books say, of some period or of one payment. */
export interface ProviderBooks {
  payments: readonly PaymentSeen[];
  changes: readonly MoneyBack[];
}

export interface RefundRequest {
  /** The provider's id of the payment. */
  paymentId: string;
  /** Whole cents, above zero. */
  amount: Nanos;
  /** Names this one refund for ever: asked again, the provider gives back no second time. */
  request: string;
}

/** What came of asking for a refund; refused, nothing was given back. */
export type Refunded = { ok: true; changes: readonly MoneyBack[] } | { ok: false; problem: string };

/** What a provider can tell, in our words. */
export type PaymentEvent =
  | CheckoutPaid
  | CardSaved
  | CardsChanged
  | ChargeChanged
  | (CheckoutEvent & {
      kind: /** Promised by a slow method; not money yet. */
      "checkout_processing" | "checkout_failed" | "checkout_expired";
    })
  | (DeliveredEvent & { kind: "money_back"; changes: readonly MoneyBack[] })
  /** Some refund of a payment was made, and which is to be asked. */
  | (DeliveredEvent & { kind: "refunded"; paymentId: string })
  /** Genuine, and nothing to us. */
  | (DeliveredEvent & { kind: "ignored" });

export type Reading = { ok: true; event: PaymentEvent } | { ok: false; detail: string };

/** What is known of a settled payment beyond its amount. */
export interface PaymentDetails {
  method?: "card" | "crypto";
  /** An opaque fingerprint of what paid: the same for the same card. */
  instrument?: string;
  settledAt?: Date;
}

/** A saved card that is charged while nobody is there. */
export interface ChargeRequest {
  accountId: string;
  customerId: string;
  cardId: string;
  /** Whole cents, above zero. */
  amount: Nanos;
  /** Names the wish: asked again within a day, the provider charges no second time. */
  topUpId: string;
}

/** What became of a charge. */
export type Charge = { /** Null where there is none. */ paymentId: string | null } & (
  | { state: "paid"; paymentId: string /** As the provider was paid. */; amount: Nanos; details: PaymentDetails }
  /** It has neither come nor failed. */
  | { state: "waiting" }
  /** The card's bank wants to ask its owner. */
  | { state: "asked" }
  | { state: "failed" /** In the provider's word. */; reason: string }
);

/** What the product needs of a payment service. Another provider is another implementation of this, nothing else. */
export interface PaymentProvider {
  /** Prefix of deposit references, and the name its events are kept under. */
  readonly name: string;
  /**
   * Makes the provider's record of an account; asked twice at once, or again within a day, it makes one.
   * @returns its id
   * @throws PaymentsUnavailable when the provider does not answer.
   */
  makeCustomer(request: CustomerRequest): Promise<string>;
  /** @throws PaymentsUnavailable when the provider does not answer; nothing was charged. CustomerGone */
  openCheckout(request: CheckoutRequest): Promise<Checkout>;
  /** @throws PaymentsUnavailable when the provider does not answer. CustomerGone */
  openSetup(request: SetupRequest): Promise<Checkout>;
  /** The cards a customer saved, a hundred at most. @throws PaymentsUnavailable when the provider does not answer. */
  savedCards(customerId: string): Promise<SavedCard[]>;
  /** Forgets a card; one that is forgotten already stays so. @throws PaymentsUnavailable */
  removeCard(cardId: string): Promise<void>;
  /**
   * Forgets a customer: pages open for them are ended, their cards taken off, and the record deleted. Payments stay, and
   * can still be given back. One that is forgotten already stays so. @throws PaymentsUnavailable
   */
  forgetCustomer(customerId: string): Promise<void>;
  /** @throws PaymentsUnavailable when the provider does not answer: then it may or may not have charged. */
  chargeCard(request: ChargeRequest): Promise<Charge>;
  /** @throws PaymentsUnavailable when the provider does not answer. */
  chargeState(paymentId: string): Promise<Charge>;
  /**
   * Tries a charge again, with the card's owner there: their bank's page, or what became of it.
   * @throws PaymentsUnavailable when the provider does not answer.
   */
  confirmCharge(request: { paymentId: string; cardId: string; returnUrl: string }): Promise<Charge | { url: string }>;
  /** Gives up a charge that has not been paid. @returns what became of it. @throws PaymentsUnavailable */
  cancelCharge(paymentId: string): Promise<Charge>;
  /** Reads a delivery after proving that the provider sent it, recently and for this mode. Never throws. */
  readDelivery(delivery: Delivery): Reading;
  /** @throws PaymentsUnavailable when the provider does not answer. */
  paymentDetails(paymentId: string): Promise<PaymentDetails>;
  /**
   * Gives money of a payment back, once per request.
   * @throws PaymentsUnavailable when the provider does not answer: it may have been done, and asking again is safe.
   */
  refund(request: RefundRequest): Promise<Refunded>;
  /**
   * Payments, refunds and disputes made in a period, with what became of them until now.
   * @throws PaymentsUnavailable when the provider does not answer.
   */
  booksOf(period: Period): Promise<ProviderBooks>;
  /**
   * The same of one payment; empty where the provider knows none of that id.
   * @throws PaymentsUnavailable when the provider does not answer.
   */
  booksOfPayment(paymentId: string): Promise<ProviderBooks>;
  /**
   * What refunds took back of a payment, those that failed included.
   * @throws PaymentsUnavailable when the provider does not answer.
   */
  refundsOf(paymentId: string): Promise<MoneyBack[]>;
}

/** The provider no longer knows this customer: somebody deleted it there. */
export class CustomerGone extends Error {
  override readonly name = "CustomerGone";
}

/** The provider did not answer, or not now; the same call may succeed later. */
export class PaymentsUnavailable extends Error {
  override readonly name = "PaymentsUnavailable";
}
