import { sql } from "drizzle-orm";
import { index, pgTable, smallint, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { id, instant, lane } from "@/db/columns";

/** Something that looks like a second account of the same person: a bonus or a pair's commission waits for a word. */
export const reviews = pgTable(
  "reviews",
  {
    id: id().primaryKey(),
    kind: text({ enum: ["bonus", "pair"] }).notNull(),
    /** The draw of a bonus; the referral of a pair. */
    subjectId: uuid().notNull(),
    subjectLane: smallint().notNull(),
    /** The account that looks suspicious: the one whose spend makes the bonus due, the referred one of a pair. */
    lane: lane(),
    accountId: id().notNull(),
    /** From a closed list: `payment_fingerprint`, `cluster`, `velocity`, `disposable_email`. */
    reason: text().notNull(),
    /** The other account it looks like, where there is one. For operators only. */
    otherId: uuid(),
    state: text({ enum: ["open", "released", "refused"] }).notNull(),
    openedAt: instant().notNull(),
    decidedAt: instant(),
    decidedBy: text(),
    /** The operator's, for both sides to read. */
    decisionReason: text(),
  },
  (t) => [
    uniqueIndex("reviews_subject").on(t.kind, t.subjectId, t.reason),
    index("reviews_open").on(t.openedAt).where(sql`state = 'open'`),
    index("reviews_account").on(t.accountId),
    index("reviews_other").on(t.otherId),
  ],
);

/** Accounts that an operator found to belong to one person, with the reason. A wallet carries its cluster's id. */
export const clusterJoins = pgTable(
  "cluster_joins",
  {
    id: id().primaryKey(),
    clusterId: uuid().notNull(),
    lane: lane(),
    accountId: id().notNull(),
    joinedBy: text().notNull(),
    joinedAt: instant().notNull(),
    reason: text().notNull(),
  },
  (t) => [index("cluster_joins_account").on(t.accountId), index("cluster_joins_cluster").on(t.clusterId)],
);
