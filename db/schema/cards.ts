import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { id, instant, lane, wide } from "@/db/columns";

/** The payment provider's record of an account: one each. */
export const paymentCustomers = pgTable(
  "payment_customers",
  {
    lane: lane(),
    accountId: id().notNull(),
    /** The provider's id of it. */
    customerId: text().notNull(),
    /** Raised by each reading of its cards, so that an older reading never replaces a newer one. */
    readings: wide().notNull().default(sql`0`),
    createdAt: instant().notNull(),
    /** When the provider had deleted it with its cards, because its account was closed. */
    forgottenAt: instant(),
  },
  (t) => [primaryKey({ columns: [t.lane, t.accountId] }), uniqueIndex("payment_customers_customer").on(t.customerId)],
);

/** Cards on file at the provider, as it last told; a number is never known here. */
export const cards = pgTable(
  "cards",
  {
    /** The provider's id of it. */
    id: text().primaryKey(),
    lane: lane(),
    accountId: id().notNull(),
    brand: text().notNull(),
    last4: text().notNull(),
    expiryMonth: integer().notNull(),
    expiryYear: integer().notNull(),
    /** An opaque fingerprint: the same for the same card. */
    instrument: text(),
    savedAt: instant().notNull(),
    /** Null while it is on file. */
    removedAt: instant(),
  },
  (t) => [
    index("cards_account").on(t.accountId).where(sql`removed_at is null`),
    check("cards_expiry", sql`${t.expiryMonth} between 1 and 12`),
  ],
);

/** A page opened for a customer to save a card on. */
export const cardSetups = pgTable(
  "card_setups",
  {
    /** The provider's session id. */
    id: text().primaryKey(),
    lane: lane(),
    accountId: id().notNull(),
    status: text({ enum: ["open", "saved"] }).notNull(),
    createdAt: instant().notNull(),
    updatedAt: instant().notNull(),
  },
  (t) => [index("card_setups_account").on(t.accountId, t.createdAt)],
);
