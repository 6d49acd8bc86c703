import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";

const Metadata = z.record(z.string(), z.string());

const Session = z.object({
  id: z.string(),
  createdS: z.number(),
  expiresS: z.number(),
  status: z.enum(["open", "complete", "expired"]),
  paid: z.boolean(),
  amountCents: z.number(),
  productName: z.string(),
  clientReferenceId: z.string().nullable(),
  customerEmail: z.string().nullable(),
  successUrl: z.string(),
  cancelUrl: z.string().nullable(),
  metadata: Metadata,
  paymentMetadata: Metadata,
  paymentId: z.string().nullable(),
});

const Payment = z.object({
  id: z.string(),
  sessionId: z.string(),
  createdS: z.number(),
  amountCents: z.number(),
  metadata: Metadata,
  status: z.enum(["requires_payment_method", "requires_action", "succeeded"]),
  charge: z
    .object({ id: z.string(), createdS: z.number(), brand: z.string(), last4: z.string(), fingerprint: z.string() })
    .nullable(),
  /** What refunds have given back of it, those that failed left out. */
  refundedCents: z.number().default(0),
  disputed: z.boolean().default(false),
});

const Refund = z.object({
  id: z.string(),
  paymentId: z.string(),
  createdS: z.number(),
  amountCents: z.number(),
  status: z.enum(["pending", "succeeded", "failed", "canceled"]),
  failureReason: z.string().nullable(),
  reason: z.string().nullable(),
  metadata: Metadata,
});

const Dispute = z.object({
  id: z.string(),
  paymentId: z.string(),
  createdS: z.number(),
  amountCents: z.number(),
  reason: z.string(),
  status: z.enum(["needs_response", "under_review", "won", "lost"]),
  /** When the money came back; null while it has not. */
  reinstatedS: z.number().nullable(),
});

const StoredEvent = z.object({
  id: z.string(),
  type: z.string(),
  createdS: z.number(),
  /** The session it is about, for the control page. */
  sessionId: z.string(),
  /** The object as it was then: what an event says never changes. */
  object: z.record(z.string(), z.unknown()),
  delivered: z.boolean(),
});

/** The first answer to an idempotency key. */
const Reply = z.object({ digest: z.string(), body: z.record(z.string(), z.unknown()) });

const State = z.object({
  sessions: z.record(z.string(), Session),
  payments: z.record(z.string(), Payment),
  refunds: z.record(z.string(), Refund).default({}),
  disputes: z.record(z.string(), Dispute).default({}),
  events: z.array(StoredEvent),
  replies: z.record(z.string(), Reply),
});

export type Session = z.infer<typeof Session>;
export type Payment = z.infer<typeof Payment>;
export type Refund = z.infer<typeof Refund>;
export type Dispute = z.infer<typeof Dispute>;
export type StoredEvent = z.infer<typeof StoredEvent>;
export type State = z.infer<typeof State>;

export interface Store {
  state: State;
  /** Writes the state, so that a restart can still deliver what was paid. */
  save(): void;
}

/** A record's own entry: names come from addresses and headers, and `constructor` is not a session. */
export const find = <T>(record: Record<string, T>, name: string | null | undefined): T | undefined =>
  typeof name === "string" && Object.hasOwn(record, name) ? record[name] : undefined;

/** @param file where the state is kept; none keeps it in memory. A file that cannot be read starts afresh. */
export function openStore(file?: string): Store {
  const state = (file === undefined ? undefined : load(file)) ?? {
    sessions: {},
    payments: {},
    refunds: {},
    disputes: {},
    events: [],
    replies: {},
  };
  return {
    state,
    save() {
      if (file === undefined) return;
      mkdirSync(dirname(file), { recursive: true });
      // Written beside and renamed: a process killed half-way leaves the old state whole.
      writeFileSync(`${file}.new`, JSON.stringify(state), { mode: 0o600 });
      renameSync(`${file}.new`, file);
    },
  };
}

function load(file: string): State | undefined {
  try {
    return State.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return undefined;
  }
}
