import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";

const Metadata = z.record(z.string(), z.string());

const Customer = z.object({
  id: z.string(),
  createdS: z.number(),
  email: z.string().nullable(),
  name: z.string().nullable(),
  metadata: Metadata,
  deleted: z.boolean().default(false),
});

/** What pays: a test card, or a wallet of stablecoins. */
const Method = z.object({
  id: z.string(),
  createdS: z.number(),
  type: z.enum(["card", "crypto"]),
  /** Whose it is, once it was saved. */
  customerId: z.string().nullable(),
  number: z.string(),
  brand: z.string(),
  expiryMonth: z.number(),
  expiryYear: z.number(),
  fingerprint: z.string(),
});

const Session = z.object({
  id: z.string(),
  createdS: z.number(),
  expiresS: z.number(),
  status: z.enum(["open", "complete", "expired"]),
  mode: z.enum(["payment", "setup"]).default("payment"),
  methodTypes: z.array(z.enum(["card", "crypto"])).default(["card"]),
  customerId: z.string().nullable().default(null),
  /** Whether what pays is saved for its customer. */
  saves: z.boolean().default(false),
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
  setupId: z.string().nullable().default(null),
});

/** Why the last attempt came to nothing, in Stripe's words. */
const LastError = z.object({ code: z.string(), declineCode: z.string().nullable(), message: z.string() });

const Payment = z.object({
  id: z.string(),
  /** Null for one that was made without a page. */
  sessionId: z.string().nullable(),
  createdS: z.number(),
  amountCents: z.number(),
  metadata: Metadata,
  status: z.enum(["requires_payment_method", "requires_action", "processing", "succeeded", "canceled"]),
  customerId: z.string().nullable().default(null),
  methodId: z.string().nullable().default(null),
  /** Where the person goes back to who is asked outside a payment page. */
  returnUrl: z.string().nullable().default(null),
  lastError: LastError.nullable().default(null),
  /** When what was promised arrives, or does not. */
  settles: z.object({ atS: z.number(), arrives: z.boolean() }).nullable().default(null),
  /** When its card's owner disputes it. */
  disputeS: z.number().nullable().default(null),
  charge: z
    .object({
      id: z.string(),
      type: z.enum(["card", "crypto"]).default("card"),
      createdS: z.number(),
      brand: z.string(),
      last4: z.string(),
      fingerprint: z.string(),
    })
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

/** The saving of a card on a page. */
const Setup = z.object({
  id: z.string(),
  sessionId: z.string(),
  createdS: z.number(),
  customerId: z.string().nullable(),
  methodId: z.string().nullable(),
  metadata: Metadata,
  status: z.enum(["requires_payment_method", "requires_action", "succeeded"]),
});

const StoredEvent = z.object({
  id: z.string(),
  type: z.string(),
  createdS: z.number(),
  /** The session it is about, or the object itself where there is none: for the control page. */
  sessionId: z.string(),
  /** The object as it was then: what an event says never changes. */
  object: z.record(z.string(), z.unknown()),
  delivered: z.boolean(),
});

/** The first answer to an idempotency key. */
const Reply = z.object({
  digest: z.string(),
  status: z.union([z.literal(200), z.literal(402)]).default(200),
  body: z.record(z.string(), z.unknown()),
});

const State = z.object({
  customers: z.record(z.string(), Customer).default({}),
  methods: z.record(z.string(), Method).default({}),
  setups: z.record(z.string(), Setup).default({}),
  sessions: z.record(z.string(), Session),
  payments: z.record(z.string(), Payment),
  refunds: z.record(z.string(), Refund).default({}),
  disputes: z.record(z.string(), Dispute).default({}),
  events: z.array(StoredEvent),
  replies: z.record(z.string(), Reply),
});

export type Customer = z.infer<typeof Customer>;
export type Method = z.infer<typeof Method>;
export type Setup = z.infer<typeof Setup>;
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
    customers: {},
    methods: {},
    setups: {},
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
