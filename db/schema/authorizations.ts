import { sql } from "drizzle-orm";
import { check, index, pgTable, text } from "drizzle-orm/pg-core";
import { id, instant, lane, nanos, wide } from "@/db/columns";

/** Work that may run: one hour of it is reserved in its account's wallet for as long as it is open. */
export const authorizations = pgTable(
  "authorizations",
  {
    reference: text().primaryKey(),
    lane: lane(),
    accountId: id().notNull(),
    /** What was first asked for: the same reference with other content is refused. */
    digest: text().notNull(),
    /** Priced by the rate card; null where the platform sent its own price. */
    sku: text(),
    /** The platform's own price of an hour of one; null where the rate card prices it. */
    hourly: nanos(),
    /** In thousandths. */
    quantityMilli: wide().notNull(),
    /** One hour of it at the price it was last judged by. Held while open; what was held, afterwards. */
    reserved: nanos().notNull(),
    state: text({ enum: ["open", "closed", "expired"] }).notNull(),
    openedAt: instant().notNull(),
    /** Null: until it is closed. */
    expiresAt: instant(),
    endedAt: instant(),
  },
  (t) => [
    index("authorizations_open").on(t.accountId).where(sql`state = 'open'`),
    index("authorizations_expiring").on(t.expiresAt).where(sql`state = 'open'`),
    check("authorizations_floor", sql`least(${t.reserved}, ${t.quantityMilli}) >= 0`),
    check("authorizations_price", sql`(${t.sku} is null) <> (${t.hourly} is null)`),
    check("authorizations_ended", sql`(${t.state} = 'open') = (${t.endedAt} is null)`),
  ],
);
