import { findCard, type TestCard } from "./cards";
import { attach } from "./methods";
import { openDispute } from "./money-back";
import { paymentObject, sessionObject } from "./objects";
import { find, type Method, type Payment, type Session } from "./store";
import { emit, newId, nowS, type Till } from "./till";

/** How long the owner of a card that is disputed takes to call their bank. */
const DISPUTED_AFTER_S = 20;

/** How long a promised payment is on its way, unless somebody hurries it. */
const SETTLES_AFTER_S = 30;

/** Tries a card on an open page; answers what the person sees next. */
export function payBy(till: Till, session: Session, method: Method): TestCard["outcome"] {
  const payment = paymentOf(till, session);
  const outcome = findCard(method.number)?.outcome ?? "declined";
  payment.methodId = method.id;
  if (outcome === "declined") {
    fail(till, payment, declined);
    return outcome;
  }
  payment.status = "requires_action";
  if (outcome === "succeeds") succeed(till, payment);
  till.store.save();
  return outcome;
}

/** Stablecoins are promised now and arrive later, or never. */
export function promise(till: Till, session: Session, wallet: Method, arrives: boolean): void {
  const payment = paymentOf(till, session);
  payment.methodId = wallet.id;
  payment.status = "processing";
  payment.settles = { atS: nowS(till) + SETTLES_AFTER_S, arrives };
  session.status = "complete";
  emit(till, "payment_intent.processing", session, paymentObject(till, payment));
  emit(till, "checkout.session.completed", session, sessionObject(till, session));
}

/** What was promised arrives, or it is certain that it will not. Does nothing to any other payment. */
export function settle(till: Till, payment: Payment, arrives: boolean): void {
  if (payment.status !== "processing") return;
  payment.settles = null;
  const session = find(till.store.state.sessions, payment.sessionId);
  if (arrives) succeed(till, payment);
  else fail(till, payment, neverArrived);
  if (session === undefined) return;
  const type = `checkout.session.async_payment_${arrives ? "succeeded" : "failed"}`;
  emit(till, type, session, sessionObject(till, session));
}

/** What comes by itself after a while: money that was promised, and disputes. */
export function settleDue(till: Till): void {
  for (const payment of Object.values(till.store.state.payments)) {
    if (payment.settles !== null && payment.settles.atS <= nowS(till)) settle(till, payment, payment.settles.arrives);
    if (payment.disputeS !== null && payment.disputeS <= nowS(till)) {
      payment.disputeS = null;
      openDispute(till, payment);
    }
  }
}

export type NewPayment = Pick<Payment, "amountCents" | "customerId" | "methodId" | "metadata">;

/** A payment made without a page. */
export function newPayment(till: Till, wanted: NewPayment): Payment {
  const payment: Payment = {
    ...wanted,
    id: newId("pi"),
    sessionId: null,
    createdS: nowS(till),
    status: "requires_payment_method",
    returnUrl: null,
    lastError: null,
    settles: null,
    disputeS: null,
    charge: null,
    refundedCents: 0,
    disputed: false,
  };
  till.store.state.payments[payment.id] = payment;
  till.store.save();
  return payment;
}

/** Charges a saved card while nobody is there. */
export function chargeAlone(till: Till, payment: Payment, method: Method): void {
  payment.methodId = method.id;
  const outcome = findCard(method.number)?.alone ?? "declined";
  if (outcome === "succeeds") succeed(till, payment);
  else fail(till, payment, outcome === "declined" ? declined : authenticationRequired);
}

/** Charges a saved card while its owner is there, and can be sent to `returnUrl` by way of their bank. */
export function chargeWithOwner(till: Till, payment: Payment, method: Method, returnUrl: string): void {
  payment.methodId = method.id;
  payment.returnUrl = returnUrl;
  const card = findCard(method.number);
  if (card?.alone === "succeeds") {
    succeed(till, payment);
  } else if (card?.outcome === "authenticate") {
    payment.status = "requires_action";
    payment.lastError = null;
    emit(till, "payment_intent.requires_action", payment, paymentObject(till, payment));
  } else {
    fail(till, payment, declined);
  }
}

/** The answer of the person whose bank asked. Does nothing when no bank is asking. */
export function confirm(till: Till, payment: Payment, confirmed: boolean): void {
  if (payment.status !== "requires_action") return;
  if (confirmed) succeed(till, payment);
  else fail(till, payment, notConfirmed);
}

export function cancel(till: Till, payment: Payment): void {
  payment.status = "canceled";
  emit(till, "payment_intent.canceled", payment, paymentObject(till, payment));
}

/** The session's payment, begun at the first card. */
function paymentOf(till: Till, session: Session): Payment {
  const begun = find(till.store.state.payments, session.paymentId);
  if (begun !== undefined) return begun;
  const { amountCents, customerId, paymentMetadata: metadata } = session;
  const payment = newPayment(till, { amountCents, customerId, methodId: null, metadata });
  payment.sessionId = session.id;
  session.paymentId = payment.id;
  return payment;
}

function succeed(till: Till, payment: Payment): void {
  const session = find(till.store.state.sessions, payment.sessionId);
  const method = find(till.store.state.methods, payment.methodId);
  if (method === undefined) throw new Error(`Payment ${payment.id} succeeds without a payment method`);
  const { type, brand, number, fingerprint } = method;
  payment.charge = { id: newId("ch"), type, createdS: nowS(till), brand, last4: number.slice(-4), fingerprint };
  if (findCard(number)?.disputed) payment.disputeS = nowS(till) + DISPUTED_AFTER_S;
  payment.status = "succeeded";
  payment.lastError = null;
  emit(till, "payment_intent.succeeded", session ?? payment, paymentObject(till, payment));
  if (session === undefined) return;
  const wasOpen = session.status === "open";
  session.status = "complete";
  session.paid = true;
  if (wasOpen) emit(till, "checkout.session.completed", session, sessionObject(till, session));
  if (session.saves && session.customerId !== null && method.type === "card" && method.customerId === null) {
    attach(till, method, session.customerId);
  }
}

function fail(till: Till, payment: Payment, error: NonNullable<Payment["lastError"]>): void {
  payment.status = "requires_payment_method";
  payment.lastError = error;
  emit(till, "payment_intent.payment_failed", { id: payment.sessionId ?? payment.id }, paymentObject(till, payment));
}

const declined = { code: "card_declined", declineCode: "generic_decline", message: "Your card was declined." };
const authenticationRequired = {
  code: "authentication_required",
  declineCode: "authentication_required",
  message: "Your card was declined. This transaction requires authentication.",
};
const notConfirmed = {
  code: "payment_intent_authentication_failure",
  declineCode: null,
  message: "The provided payment method has failed authentication.",
};
const neverArrived = {
  code: "payment_intent_payment_attempt_failed",
  declineCode: null,
  message: "The payment failed: the stablecoins never arrived.",
};
