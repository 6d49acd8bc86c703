import type { EventKey } from "@/lib/ledger/event-keys";
import type { Nanos } from "@/lib/money/nanos";
import type { Service } from "@/lib/programs/account";

/** Why an event is refused: the closed list of the machine API. */
export const rejectReasons = [
  "invalid",
  "unknown_sku",
  "too_long",
  "too_large",
  "too_early",
  "in_future",
  "conflict",
  "void_of_void",
  "other_subject",
  "account_closed",
] as const;
export type RejectReason = (typeof rejectReasons)[number];

export interface Rejection {
  reason: RejectReason;
  /** Which field, what is wrong with it, what to send instead. */
  detail: string;
}

/** A well-formed usage event, not yet judged against prices, account and clock. */
export interface UsageEvent {
  key: EventKey;
  /** The platform's name of the account. */
  subject: string;
  /** The instant the interval ended, milliseconds since 1970. */
  endedAtMs: number;
  sku: string | null;
  service: Service | null;
  durationMs: bigint;
  /** In thousandths. */
  quantityMilli: bigint;
  /** The platform's own price for it; null where the rate card decides. */
  amount: Nanos | null;
  resource: string | null;
  template: string | null;
}

/** Takes an event back with every effect. */
export interface VoidEvent {
  key: EventKey;
  subject: string;
  endedAtMs: number;
  /** The key of the event to take back. */
  voids: { source: string; id: string };
}

export type AnyEvent = UsageEvent | VoidEvent;

export const isVoid = (event: AnyEvent): event is VoidEvent => "voids" in event;

export type Outcome = { kind: "accepted" | "duplicate" | "quarantined" } | ({ kind: "rejected" } & Rejection);

export const rejected = (reason: RejectReason, detail: string): Outcome => ({ kind: "rejected", reason, detail });
