import { bigint, index, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { id, instant, lane, nanos, wide } from "@/db/columns";

/** Months of usage events that were detached: their rows stand in the schema `put_away`, or in a dump. */
export const monthsPutAway = pgTable("months_put_away", {
  /** `2025-01`, or `before-2025-01` for all that was there when partitions began. */
  month: text().primaryKey(),
  /** Everything in it was posted before. */
  until: instant().notNull(),
  events: bigint({ mode: "number" }).notNull(),
  putAwayAt: instant().notNull(),
});

/**
 * What the events put away drew, in stretches between an account's other postings, voids and what they take back: all
 * that replaying its credit needs of them.
 */
export const usagePutAway = pgTable(
  "usage_put_away",
  {
    lane: lane(),
    accountId: id().notNull(),
    /** Number of the stretch's last event. */
    seq: wide().notNull(),
    month: text().notNull(),
    events: bigint({ mode: "number" }).notNull(),
    promo: nanos().notNull(),
    earned: nanos().notNull(),
    market: nanos().notNull(),
    paid: nanos().notNull(),
    /** A void stands alone. */
    voidsSeq: wide(),
  },
  (t) => [primaryKey({ columns: [t.lane, t.accountId, t.seq] }), index("usage_put_away_month").on(t.month)],
);
