import { sql } from "drizzle-orm";
import { check, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { id, instant, lane, nanos } from "@/db/columns";

/**
 * Where an account's credit stands, as it was last told, and below what its owner wants to be told. Without a row: `ok`,
 * and told of nothing but the end of it.
 */
export const balanceAlerts = pgTable(
  "balance_alerts",
  {
    lane: lane(),
    accountId: id().notNull(),
    /** Null for not at all. */
    lowBelow: nanos(),
    level: text({ enum: ["ok", "low", "depleted"] })
      .notNull()
      .default("ok"),
    /** How often the level was crossed and told. */
    crossings: integer().notNull().default(0),
    /** The credit at the last crossing, all buckets, less arrears. */
    credit: nanos(),
    crossedAt: instant(),
  },
  (t) => [
    primaryKey({ columns: [t.lane, t.accountId] }),
    check("balance_alerts_low", sql`${t.lowBelow} is null or ${t.lowBelow} > 0`),
  ],
);
