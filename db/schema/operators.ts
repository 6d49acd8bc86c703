import { sql } from "drizzle-orm";
import { check, index, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { id, instant, lane, nanos, wide } from "@/db/columns";

/** Who may act for the platform: whoever signs in with this verified e-mail (lower case). Read at every act. */
export const operators = pgTable("operators", {
  email: text().primaryKey(),
  /** The operator who added this one, or `command`. */
  addedBy: text().notNull(),
  addedAt: instant().notNull(),
});

/** Every act of an operator with its reason, also those that were refused. Append-only. */
export const auditLog = pgTable(
  "audit_log",
  {
    id: wide().primaryKey().generatedAlwaysAsIdentity(),
    at: instant().notNull(),
    /** E-mail of who acted; `key:NAME` for an API key, `command` for a command on the server. */
    actor: text().notNull(),
    /** What was done, as verb and noun: `review.release`, `credit.request`. */
    act: text().notNull(),
    /** What it was done to. */
    subject: text().notNull(),
    reason: text().notNull(),
    outcome: text({ enum: ["done", "refused"] }).notNull(),
    detail: jsonb().notNull().$type<Readonly<Record<string, string>>>(),
  },
  (t) => [index("audit_log_subject").on(t.subject, t.id)],
);

/** Manual credit asked for in the console: above the limit it waits for a second operator. */
export const creditRequests = pgTable(
  "credit_requests",
  {
    /** Also the reference of the grant it becomes. */
    reference: text().primaryKey(),
    lane: lane(),
    accountId: id().notNull(),
    bucket: text({ enum: ["promo", "earned"] }).notNull(),
    amount: nanos().notNull(),
    reason: text().notNull(),
    requestedBy: text().notNull(),
    requestedAt: instant().notNull(),
    state: text({ enum: ["waiting", "granted", "declined"] }).notNull(),
    /** Null while waiting, and where the amount needed no second person. */
    decidedBy: text(),
    decidedAt: instant(),
    decisionReason: text(),
  },
  (t) => [
    index("credit_requests_waiting").on(t.requestedAt).where(sql`state = 'waiting'`),
    check("credit_requests_second_person", sql`${t.decidedBy} is null or ${t.decidedBy} <> ${t.requestedBy}`),
    check("credit_requests_decided", sql`(${t.state} = 'waiting') = (${t.decidedAt} is null)`),
  ],
);

/** Refunds asked for in the console: above the limit they wait for a second operator, then for the provider. */
export const refundRequests = pgTable(
  "refund_requests",
  {
    /** Also the provider's idempotency key. */
    reference: text().primaryKey(),
    lane: lane(),
    accountId: id().notNull(),
    depositReference: text().notNull(),
    amount: nanos().notNull(),
    reason: text().notNull(),
    requestedBy: text().notNull(),
    requestedAt: instant().notNull(),
    /** `sending` until the provider has answered; `failed` where it refused, or where the money came back later. */
    state: text({ enum: ["waiting", "sending", "sent", "failed", "declined"] }).notNull(),
    /** Null while waiting, and where the amount needed no second person. */
    decidedBy: text(),
    decidedAt: instant(),
    decisionReason: text(),
    /** The provider's word where it failed. */
    problem: text(),
  },
  (t) => [
    index("refund_requests_open").on(t.requestedAt).where(sql`state in ('waiting', 'sending')`),
    index("refund_requests_account").on(t.accountId),
    check("refund_requests_second_person", sql`${t.decidedBy} is null or ${t.decidedBy} <> ${t.requestedBy}`),
    check("refund_requests_decided", sql`(${t.state} = 'waiting') = (${t.decidedAt} is null)`),
    check("refund_requests_positive", sql`${t.amount} > 0`),
  ],
);
