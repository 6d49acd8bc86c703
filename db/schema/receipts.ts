import { index, integer, pgTable, primaryKey, smallint, text, uniqueIndex } from "drizzle-orm/pg-core";
import { id, instant, lane, wide } from "@/db/columns";

/** What a numbered paper is about: money that came, or what the provider took back of it or returned. */
export const receiptKinds = ["deposit", "refund", "refund_failed", "chargeback", "dispute_won"] as const;

/**
 * A numbered paper for each deposit and each reversal, given by the database in the transaction that records it: numbers
 * of a year have no gaps, and none is given twice or changed.
 */
export const receipts = pgTable(
  "receipts",
  {
    /** Of the instant it was recorded, UTC. */
    year: smallint().notNull(),
    no: integer().notNull(),
    lane: lane(),
    accountId: id().notNull(),
    /** The posting that it is about. */
    seq: wide().notNull(),
    kind: text({ enum: receiptKinds }).notNull(),
    /** The deposit's reference; for a reversal, that of the deposit it is about. */
    depositReference: text().notNull(),
    issuedAt: instant().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.year, t.no] }),
    uniqueIndex("receipts_posting").on(t.lane, t.accountId, t.seq),
    index("receipts_deposit").on(t.depositReference),
  ],
);

/** The last number given in each year. */
export const receiptYears = pgTable("receipt_years", { year: smallint().primaryKey(), last: integer().notNull() });

/** Who the money was paid to, from an instant on: papers name who it was when they were issued. */
export const sellers = pgTable("sellers", {
  effectiveFrom: instant().primaryKey(),
  name: text().notNull(),
  /** Lines. */
  address: text().array().notNull(),
  taxId: text(),
});
