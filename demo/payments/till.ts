import { randomBytes } from "node:crypto";
import { sessionObject } from "./objects";
import type { Session, Store, StoredEvent } from "./store";

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
  | "mode"
  | "methodTypes"
  | "customerId"
  | "saves"
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
    setupId: null,
  };
  till.store.state.sessions[session.id] = session;
  till.store.save();
  return session;
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

/** Tells the webhook. An event is about the page that it was paid on, or the object itself, for the control page. */
export function emit(till: Till, type: string, about: { id: string }, object: Record<string, unknown>): void {
  const event = { id: newId("evt"), type, createdS: nowS(till), sessionId: about.id, object, delivered: false };
  till.store.state.events.push(event);
  till.store.save();
  till.send(event);
}
