import { pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { instant, wide } from "@/db/columns";

/**
 * Requests that every process has reported, by who asked and the minute it was: what rate limits are judged by. Not
 * history: kept for some minutes, and not logged.
 */
export const rateCounts = pgTable(
  "rate_counts",
  {
    windowStart: instant().notNull(),
    policy: text().notNull(),
    /** The hash of a key, or of an address. */
    subject: text().notNull(),
    requests: wide().notNull(),
  },
  (t) => [primaryKey({ columns: [t.windowStart, t.policy, t.subject] })],
);
