import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { id, instant, lane, nanos } from "@/db/columns";

/** How an account's owner wants the balance kept up. */
export const autoTopUps = pgTable(
  "auto_top_ups",
  {
    lane: lane(),
    accountId: id().notNull(),
    /** `suspended` by what went wrong, until its owner turns it on again. */
    state: text({ enum: ["off", "on", "suspended"] }).notNull(),
    /** Below so much credit in all it is topped up. */
    threshold: nanos().notNull(),
    /** Whether `amount` is what is charged, or what the credit is brought up to. */
    mode: text({ enum: ["amount", "target"] }).notNull(),
    amount: nanos().notNull(),
    /** The most that is charged in a calendar month (UTC). */
    monthMax: nanos().notNull(),
    /** Null for the card saved last. */
    cardId: text(),
    /** Attempts in a row that came to nothing. */
    failures: integer().notNull().default(0),
    /** Before that no attempt begins. */
    nextAt: instant().notNull(),
    /** Why it is suspended. */
    reason: text(),
    updatedAt: instant().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.lane, t.accountId] }),
    index("auto_top_ups_on").on(t.nextAt).where(sql`state = 'on'`),
    check("auto_top_ups_amounts", sql`least(${t.threshold}, ${t.amount}, ${t.monthMax}) > 0`),
  ],
);

/** One attempt to top up: at most one of an account is open at any time. */
export const topUps = pgTable(
  "top_ups",
  {
    id: id().primaryKey(),
    lane: lane(),
    accountId: id().notNull(),
    amount: nanos().notNull(),
    cardId: text().notNull(),
    /** `waiting` for the provider, `asked` for its owner's confirmation. */
    state: text({ enum: ["begun", "waiting", "asked", "paid", "failed"] }).notNull(),
    /** The provider's id of the payment, once it has one. */
    paymentId: text(),
    /** Why it failed, in the provider's word or ours. */
    reason: text(),
    begunAt: instant().notNull(),
    /** Until then nobody else looks after it. */
    claimedUntil: instant().notNull(),
    endedAt: instant(),
  },
  (t) => [
    uniqueIndex("top_ups_open").on(t.lane, t.accountId).where(sql`ended_at is null`),
    index("top_ups_account").on(t.accountId, t.begunAt),
    index("top_ups_unsettled").on(t.claimedUntil).where(sql`ended_at is null`),
    check("top_ups_ended", sql`(${t.state} in ('paid', 'failed')) = (${t.endedAt} is not null)`),
    check("top_ups_amount", sql`${t.amount} > 0`),
  ],
);
