import { sql } from "drizzle-orm";
import { check, index, pgTable, smallint, text } from "drizzle-orm/pg-core";
import { id, instant } from "@/db/columns";

/** Keys of the machine API. Only the SHA-256 of a key is kept. */
export const apiKeys = pgTable(
  "api_keys",
  {
    hash: text().primaryKey(),
    name: text().notNull(),
    /** Comma-separated: ingest, read, admin. */
    scopes: text().notNull(),
    createdAt: instant().notNull(),
    revokedAt: instant(),
    /** A customer's own key sees this account alone; null for the platform's keys. */
    lane: smallint(),
    accountId: id(),
    /** The last characters of a customer's key, by which it is recognised. */
    tail: text(),
  },
  (t) => [
    index("api_keys_account").on(t.accountId).where(sql`account_id is not null`),
    check("api_keys_whole", sql`(${t.accountId} is null) = (${t.lane} is null)`),
    check("api_keys_customers_read", sql`${t.accountId} is null or ${t.scopes} = 'read'`),
  ],
);
