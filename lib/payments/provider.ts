import type { Nanos } from "@/lib/money/nanos";

export interface CheckoutRequest {
  accountId: string;
  /** Whole cents, above zero. */
  amount: Nanos;
  /** Names one wish to pay: asked again with the same content, the provider answers with the same page. */
  attempt: string;
  /** Filled in for the person on the payment page. */
  email?: string;
  /** Where the person comes back to, with `payment=returned&checkout=<id>` or `payment=cancelled` added. */
  returnUrl: string;
}

/** A payment page at the provider. */
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

/** What a provider can tell, in our words. */
export type PaymentEvent =
  | CheckoutPaid
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
  /** An opaque fingerprint of what paid: the same for the same card. */
  instrument?: string;
  settledAt?: Date;
}

/** What the product needs of a payment service. Another provider is another implementation of this, nothing else. */
export interface PaymentProvider {
  /** Prefix of deposit references, and the name its events are kept under. */
  readonly name: string;
  /** @throws PaymentsUnavailable when the provider does not answer; nothing was charged. */
  openCheckout(request: CheckoutRequest): Promise<Checkout>;
  /** Reads a delivery after proving that the provider sent it, recently and for this mode. Never throws. */
  readDelivery(delivery: Delivery): Reading;
  /** @throws PaymentsUnavailable when the provider does not answer. */
  paymentDetails(paymentId: string): Promise<PaymentDetails>;
  /**
   * What refunds took back of a payment, those that failed included.
   * @throws PaymentsUnavailable when the provider does not answer.
   */
  refundsOf(paymentId: string): Promise<MoneyBack[]>;
}

/** The provider did not answer, or not now; the same call may succeed later. */
export class PaymentsUnavailable extends Error {
  override readonly name = "PaymentsUnavailable";
}
