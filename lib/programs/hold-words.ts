import type { QueueReason, Suspicion } from "./suspicion";

/** To the account it is about, to its referrer, and to the operator who decides. */
export type Reader = "account" | "referrer" | "operator";

const holds: Record<Suspicion, Record<Reader, string>> = {
  cluster: {
    account: "An operator found that this account and another one belong to the same person.",
    referrer: "An operator found that the referred account and another one belong to the same person.",
    operator: "It is in a confirmed cluster with the other account.",
  },
  payment_fingerprint: {
    account: "A payment method of this account was used by another account as well.",
    referrer: "A payment method of the referred account was used by another account as well.",
    operator: "It paid with an instrument that the other account used as well.",
  },
  velocity: {
    account: "Many accounts signed up through the same referral link within a day.",
    referrer: "Many accounts signed up through your link within a day.",
    operator: "More than ten accounts signed up in a browser through the same link within 24 hours.",
  },
  disposable_email: {
    account: "The e-mail address of this account is of a provider of throw-away mailboxes.",
    referrer: "The e-mail address of the referred account is of a provider of throw-away mailboxes.",
    operator: "Its e-mail address is of a provider of throw-away mailboxes.",
  },
};

const isSuspicion = (reason: string): reason is Suspicion => reason in holds;

/** Why a person has to look at a bonus or a pair. Nothing in it tells who the other account is. */
export const holdSentence = (reason: string, reader: Reader): string =>
  isSuspicion(reason) ? holds[reason][reader] : "A person has to look at it.";

const queues: Record<QueueReason, string> = {
  budget:
    "The draw waits until the program's budget has room for it; then it is bound by itself, in the order draws became due.",
  paused: "The program is paused. The draw keeps its place and is bound by itself when the program goes on.",
};

/** Why a due draw has no round yet. */
export const queueSentence = (reason: QueueReason): string => queues[reason];
