import { randomBytes } from "node:crypto";
import { fingerprintOf, type TestCard } from "./cards";
import { paymentObject, sessionObject } from "./objects";
import { find, type Payment, type Session, type Store, type StoredEvent } from "./store";

/** What every part of the payment service works with. */
export interface Till {
  store: Store;
  clock: () => Date;
  /** Where the payment pages are, known once the port is. */
  origin: () => string;
  /** Sends a new event to the webhook. */
  send: (event: StoredEvent) => void;
}

export type NewSession = Pick<
  Session,
  | "amountCents"
  | "productName"
  | "clientReferenceId"
  | "customerEmail"
  | "successUrl"
  | "cancelUrl"
  | "metadata"
  | "paymentMetadata"
>;

const DAY_S = 86_400;

export const nowS = (till: Till): number => Math.floor(till.clock().getTime() / 1_000);

export const newId = (prefix: string): string => `${prefix}_${randomBytes(18).toString("hex")}`;

export function openSession(till: Till, wanted: NewSession): Session {
  const createdS = nowS(till);
  const session: Session = {
    ...wanted,
    id: newId("cs_test"),
    createdS,
    expiresS: createdS + DAY_S,
    status: "open",
    paid: false,
    paymentId: null,
  };
  till.store.state.sessions[session.id] = session;
  till.store.save();
  return session;
}

/** Tries a card on an open session; answers what the person sees next. */
export function pay(till: Till, session: Session, card: TestCard, email: string): TestCard["outcome"] {
  const payment = paymentOf(till, session);
  if (card.outcome === "declined") {
    refuse(till, session, payment);
    return "declined";
  }
  payment.charge = {
    id: newId("ch"),
    createdS: nowS(till),
    brand: card.brand,
    last4: card.number.slice(-4),
    fingerprint: fingerprintOf(card, email),
  };
  payment.status = "requires_action";
  if (card.outcome === "succeeds") succeed(till, session, payment);
  till.store.save();
  return card.outcome;
}

/** The answer of the person whose bank asked. Does nothing when no bank is asking. */
export function confirm(till: Till, session: Session, confirmed: boolean): void {
  const payment = paymentOf(till, session);
  if (session.status !== "open" || payment.status !== "requires_action") return;
  if (confirmed) succeed(till, session, payment);
  else refuse(till, session, payment);
}

export function expire(till: Till, session: Session): void {
  session.status = "expired";
  emit(till, "checkout.session.expired", session, sessionObject(till, session));
}

export function expireOverdue(till: Till): void {
  for (const session of Object.values(till.store.state.sessions)) {
    if (session.status === "open" && session.expiresS <= nowS(till)) expire(till, session);
  }
}

/** The session's payment, begun at the first card. */
function paymentOf(till: Till, session: Session): Payment {
  const { payments } = till.store.state;
  const begun = find(payments, session.paymentId);
  if (begun !== undefined) return begun;
  const payment: Payment = {
    id: newId("pi"),
    sessionId: session.id,
    createdS: nowS(till),
    amountCents: session.amountCents,
    metadata: session.paymentMetadata,
    status: "requires_payment_method",
    charge: null,
    refundedCents: 0,
    disputed: false,
  };
  payments[payment.id] = payment;
  session.paymentId = payment.id;
  return payment;
}

function succeed(till: Till, session: Session, payment: Payment): void {
  payment.status = "succeeded";
  session.status = "complete";
  session.paid = true;
  emit(till, "payment_intent.succeeded", session, paymentObject(payment));
  emit(till, "checkout.session.completed", session, sessionObject(till, session));
}

function refuse(till: Till, session: Session, payment: Payment): void {
  payment.status = "requires_payment_method";
  payment.charge = null;
  emit(till, "payment_intent.payment_failed", session, paymentObject(payment));
}

/** Tells the webhook. An event is about the page that it was paid on, for the control page. */
export function emit(till: Till, type: string, session: { id: string }, object: Record<string, unknown>): void {
  const event = { id: newId("evt"), type, createdS: nowS(till), sessionId: session.id, object, delivered: false };
  till.store.state.events.push(event);
  till.store.save();
  till.send(event);
}
