import { sql } from "drizzle-orm";
import { check, index, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { id, instant, lane } from "@/db/columns";

/** What a customer asked the operator, with what went along, and the answer. */
export const supportRequests = pgTable(
  "support_requests",
  {
    lane: lane(),
    accountId: id().notNull(),
    id: id().notNull(),
    askedAt: instant().notNull(),
    subject: text().notNull(),
    message: text().notNull(),
    /** What was shown to go along: the page, the balance, the latest postings. */
    context: jsonb().notNull().$type<unknown>(),
    state: text({ enum: ["open", "answered"] }).notNull(),
    answer: text(),
    answeredBy: text(),
    answeredAt: instant(),
  },
  (t) => [
    primaryKey({ columns: [t.lane, t.accountId, t.id] }),
    index("support_requests_open").on(t.askedAt).where(sql`state = 'open'`),
    index("support_requests_asked").on(t.askedAt, t.id),
    check(
      "support_requests_answered",
      sql`(${t.state} = 'answered') = (${t.answer} is not null and ${t.answeredAt} is not null and ${t.answeredBy} is not null)`,
    ),
  ],
);
