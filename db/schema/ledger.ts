import { sql } from "drizzle-orm";
import { check, index, jsonb, pgTable, primaryKey, smallint, text, uniqueIndex } from "drizzle-orm/pg-core";
import { id, instant, lane, nanos, wide } from "@/db/columns";

/** A rare movement of money: its cause, its words, its total. The lines are its transfers. */
export const postings = pgTable(
  "postings",
  {
    lane: lane(),
    accountId: id().notNull(),
    seq: wide().notNull(),
    kind: text().notNull(),
    /** Why it was posted, and its idempotency key. */
    cause: text().notNull(),
    /** What was asked: the same cause with other content is refused. */
    digest: text().notNull(),
    /** Sum of its transfers, checked at commit. */
    amount: nanos().notNull(),
    at: instant().notNull(),
    /** What a reader needs to follow it to its source: terms, draw, reference. */
    explains: jsonb().notNull().$type<Record<string, string>>(),
  },
  (t) => [primaryKey({ columns: [t.lane, t.accountId, t.seq] }), uniqueIndex("postings_cause").on(t.lane, t.cause)],
);

export const transfers = pgTable(
  "transfers",
  {
    lane: lane(),
    accountId: id().notNull(),
    seq: wide().notNull(),
    no: smallint().notNull(),
    debit: text().notNull(),
    credit: text().notNull(),
    amount: nanos().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.lane, t.accountId, t.seq, t.no] }),
    check("transfers_positive", sql`${t.amount} > 0`),
    check("transfers_two_accounts", sql`${t.debit} <> ${t.credit}`),
  ],
);

/** Balances of the accounts that the wallet row does not carry, as their nature reads them. */
export const balances = pgTable(
  "balances",
  { lane: lane(), accountId: id().notNull(), code: text().notNull(), balance: nanos().notNull() },
  (t) => [primaryKey({ columns: [t.lane, t.accountId, t.code] })],
);

/**
 * What every account of the chart held after one posting: written by the database whenever an account's numbering passes
 * a multiple of 1,024, so that a balance of any time is a mark and few entries, however long the history.
 */
export const balanceMarks = pgTable(
  "balance_marks",
  {
    lane: lane(),
    accountId: id().notNull(),
    seq: wide().notNull(),
    /** The latest instant of a posting up to it. */
    through: instant().notNull(),
    /** By code, in nano-dollars as text: they pass 2^53. */
    balances: jsonb().notNull().$type<Record<string, string>>(),
  },
  (t) => [primaryKey({ columns: [t.lane, t.accountId, t.seq] })],
);

/** A metered interval, and at once its own posting: revenue of its service against the credit that paid. */
export const usageEvents = pgTable(
  "usage_events",
  {
    lane: lane(),
    accountId: id().notNull(),
    seq: wide().notNull(),
    source: text().notNull(),
    id: text().notNull(),
    postedAt: instant().notNull(),
    /** The instant the interval ended. */
    endedAt: instant().notNull(),
    service: text({ enum: ["pod", "serverless", "storage"] }).notNull(),
    sku: text(),
    /** In thousandths. */
    quantityMilli: wide().notNull(),
    durationMs: wide().notNull(),
    resource: text(),
    template: text(),
    /** Whether the platform sent its own amount instead of a duration to price. */
    priceGiven: smallint().notNull(),
    charge: nanos().notNull(),
    promo: nanos().notNull(),
    earned: nanos().notNull(),
    market: nanos().notNull(),
    paid: nanos().notNull(),
    /** A void names the event it takes back; its parts are negative. */
    voidsSeq: wide(),
  },
  (t) => [
    primaryKey({ columns: [t.lane, t.accountId, t.seq] }),
    uniqueIndex("usage_events_voided").on(t.lane, t.accountId, t.voidsSeq).where(sql`voids_seq is not null`),
    check("usage_events_parts", sql`${t.promo} + ${t.earned} + ${t.market} + ${t.paid} = ${t.charge}`),
    check(
      "usage_events_sign",
      sql`case when ${t.voidsSeq} is null then least(${t.promo}, ${t.earned}, ${t.market}, ${t.paid}) >= 0 else greatest(${t.promo}, ${t.earned}, ${t.market}, ${t.paid}) <= 0 end`,
    ),
  ],
);

/** Every event key ever taken, for ever: exactly-once rests on it. `lane` is the key's own hash. */
export const eventKeys = pgTable(
  "event_keys",
  {
    lane: lane(),
    source: text().notNull(),
    id: text().notNull(),
    /** First 64 bits of the SHA-256 of the canonical content. */
    digest: wide().notNull(),
  },
  (t) => [primaryKey({ columns: [t.lane, t.source, t.id] })],
);

/** Voids that came before their event, by its key and the account they say it is of: they are applied right after it. */
export const waitingVoids = pgTable(
  "waiting_voids",
  {
    lane: lane(),
    source: text().notNull(),
    id: text().notNull(),
    voidSource: text().notNull(),
    voidId: text().notNull(),
    /** The account's name, as the void had it. */
    subject: text().notNull(),
    accountId: id().notNull(),
    endedAt: instant().notNull(),
    receivedAt: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.lane, t.source, t.id, t.accountId] })],
);

/** Events that wait for their account. What happened is never dropped. */
export const quarantine = pgTable(
  "quarantine",
  {
    lane: lane(),
    source: text().notNull(),
    id: text().notNull(),
    subject: text().notNull(),
    /** Order of arrival. */
    position: wide().generatedAlwaysAsIdentity(),
    receivedAt: instant().notNull(),
    reason: text().notNull(),
    event: jsonb().notNull().$type<Record<string, unknown>>(),
  },
  (t) => [
    primaryKey({ columns: [t.lane, t.source, t.id] }),
    index("quarantine_subject").on(t.subject),
    index("quarantine_received").on(t.receivedAt),
  ],
);
