import { sql } from "drizzle-orm";
import { check, foreignKey, index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { id, instant, lane } from "@/db/columns";

/** Where an operator wants to be told of what happens. Where it is never changes; removed, it stays removed. */
export const webhookEndpoints = pgTable(
  "webhook_endpoints",
  {
    id: id().primaryKey(),
    url: text().notNull(),
    /** The kinds of message it gets; null for all. */
    types: text().array(),
    state: text({ enum: ["active", "paused", "removed"] }).notNull(),
    addedBy: text().notNull(),
    addedAt: instant().notNull(),
  },
  (t) => [check("webhook_endpoints_types", sql`${t.types} is null or cardinality(${t.types}) > 0`)],
);

/** What messages to an endpoint are signed with. Only the worker may read the secret itself: it is shown once. */
export const webhookSecrets = pgTable(
  "webhook_secrets",
  {
    endpointId: id().notNull(),
    number: integer().notNull(),
    /** `whsec_` and 32 bytes in base64. */
    secret: text().notNull(),
    madeAt: instant().notNull(),
    /** Null for the newest; the one before it lives on beside it for a while. */
    endsAt: instant(),
  },
  (t) => [primaryKey({ columns: [t.endpointId, t.number] })],
);

/** What happened, written by the transaction in which it did, where an endpoint listens to its kind. Append-only. */
export const webhookEvents = pgTable(
  "webhook_events",
  {
    /** Of the account it is about. */
    lane: lane(),
    id: id().notNull(),
    type: text().notNull(),
    at: instant().notNull(),
    data: jsonb().notNull().$type<unknown>(),
  },
  (t) => [primaryKey({ columns: [t.lane, t.id] })],
);

/** One message to one endpoint, and how far it is. */
export const webhookDeliveries = pgTable(
  "webhook_deliveries",
  {
    lane: lane(),
    eventId: id().notNull(),
    endpointId: id().notNull(),
    state: text({ enum: ["waiting", "delivered", "failed"] })
      .notNull()
      .default("waiting"),
    /** Attempts ever begun: the number of the latest. */
    attempts: integer().notNull().default(0),
    /** Attempts begun since it was written, or asked for again: its place in the schedule. */
    tries: integer().notNull().default(0),
    /** Null for at once. */
    nextAt: instant(),
    /** While an attempt is under way: until then nobody else begins one. */
    claimedUntil: instant(),
    writtenAt: instant().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.lane, t.eventId, t.endpointId] }),
    index("webhook_deliveries_waiting").on(t.endpointId, t.nextAt).where(sql`state = 'waiting'`),
    index("webhook_deliveries_log").on(t.writtenAt, t.eventId),
    foreignKey({ columns: [t.lane, t.eventId], foreignColumns: [webhookEvents.lane, webhookEvents.id] }),
  ],
);

/** What came of each attempt. Append-only. */
export const webhookAttempts = pgTable(
  "webhook_attempts",
  {
    lane: lane(),
    eventId: id().notNull(),
    endpointId: id().notNull(),
    number: integer().notNull(),
    at: instant().notNull(),
    tookMs: integer().notNull(),
    /** What the endpoint answered; null where it did not. */
    status: integer(),
    /** Why there was no answer. */
    failure: text(),
    /** The beginning of the answer. */
    answer: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.lane, t.eventId, t.endpointId, t.number] })],
);
