import { sql } from "drizzle-orm";
import { index, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { id, instant, lane, nanos, wide } from "@/db/columns";

export const depositMethods = ["invoice", "card", "crypto"] as const;

/** Money received. */
export const deposits = pgTable(
  "deposits",
  {
    reference: text().primaryKey(),
    lane: lane(),
    accountId: id().notNull(),
    seq: wide().notNull(),
    amount: nanos().notNull(),
    method: text({ enum: depositMethods }).notNull(),
    /** An opaque fingerprint of what paid. */
    instrument: text(),
    occurredAt: instant().notNull(),
    recordedAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex("deposits_account").on(t.lane, t.accountId, t.seq),
    index("deposits_instrument").on(t.instrument).where(sql`instrument is not null`),
  ],
);

export const reversalReasons = ["refund", "refund_failed", "chargeback", "dispute_won"] as const;

/** What the provider took back of a deposit, or gave again. */
export const reversals = pgTable(
  "reversals",
  {
    reference: text().primaryKey(),
    depositReference: text().notNull(),
    lane: lane(),
    accountId: id().notNull(),
    seq: wide().notNull(),
    amount: nanos().notNull(),
    reason: text({ enum: reversalReasons }).notNull(),
    recordedAt: instant().notNull(),
  },
  (t) => [index("reversals_deposit").on(t.depositReference)],
);

/**
 * What the payment provider says that it took back of a payment, or returned: each transition of a refund or dispute
 * once, for ever. It becomes a reversal of the same reference once its deposit is here, and waits until then.
 */
export const providerReversals = pgTable(
  "provider_reversals",
  {
    reference: text().primaryKey(),
    depositReference: text().notNull(),
    amount: nanos().notNull(),
    reason: text({ enum: reversalReasons }).notNull(),
    /** The refund request that it answers; null where nobody asked here. */
    requestReference: text(),
    knownAt: instant().notNull(),
  },
  (t) => [index("provider_reversals_deposit").on(t.depositReference)],
);

/** Manual credit. */
export const grants = pgTable("grants", {
  reference: text().primaryKey(),
  lane: lane(),
  accountId: id().notNull(),
  seq: wide().notNull(),
  bucket: text({ enum: ["promo", "earned"] }).notNull(),
  amount: nanos().notNull(),
  reason: text().notNull(),
  /** Null where it never does. */
  expiresAt: instant(),
  recordedAt: instant().notNull(),
});

/** A payment page opened for a customer; money counts only when the provider says it was paid. */
export const checkouts = pgTable(
  "checkouts",
  {
    /** The provider's session id. */
    id: text().primaryKey(),
    lane: lane(),
    accountId: id().notNull(),
    amount: nanos().notNull(),
    status: text({ enum: ["open", "processing", "paid", "failed", "expired"] }).notNull(),
    createdAt: instant().notNull(),
    updatedAt: instant().notNull(),
  },
  (t) => [index("checkouts_account").on(t.accountId, t.createdAt)],
);

/** Every webhook delivery seen, by the provider's event id, for ever. */
export const paymentEvents = pgTable(
  "payment_events",
  {
    provider: text().notNull(),
    eventId: text().notNull(),
    type: text().notNull(),
    objectId: text().notNull(),
    receivedAt: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.provider, t.eventId] })],
);
