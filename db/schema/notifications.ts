import { sql } from "drizzle-orm";
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { id, instant, lane } from "@/db/columns";

/** What an account is told, written by the transaction in which it happened. What it says never changes. */
export const notifications = pgTable(
  "notifications",
  {
    lane: lane(),
    accountId: id().notNull(),
    id: id().notNull(),
    /** `TOPIC.what`: the topic is what people choose by. */
    kind: text().notNull(),
    /** What happened, by a name of its own: a thing is told once. */
    cause: text().notNull(),
    at: instant().notNull(),
    /** The figures and names its sentences are made of; amounts in exact decimal dollars. */
    facts: jsonb().notNull().$type<unknown>(),
    /** Whether it stands in the list, by the choice at the time. */
    listed: boolean().notNull(),
    readAt: instant(),
    mail: text({ enum: ["none", "waiting", "sent", "failed"] }).notNull(),
    mailTries: integer().notNull().default(0),
    /** Null for at once. */
    mailNextAt: instant(),
    /** While it is being handed to the mail server: until then nobody else begins. */
    mailClaimedUntil: instant(),
  },
  (t) => [
    primaryKey({ columns: [t.lane, t.accountId, t.id] }),
    uniqueIndex("notifications_cause").on(t.lane, t.accountId, t.cause),
    index("notifications_listed").on(t.accountId, t.at, t.id).where(sql`listed`),
    index("notifications_unread").on(t.accountId).where(sql`listed and read_at is null`),
    index("notifications_mail").on(t.mailNextAt, t.at).where(sql`mail = 'waiting'`),
  ],
);

/** What an account wants to be told of and how, where it chose: without a row, in the list and by e-mail. */
export const notificationChoices = pgTable(
  "notification_choices",
  {
    lane: lane(),
    accountId: id().notNull(),
    topic: text().notNull(),
    listed: boolean().notNull(),
    mailed: boolean().notNull(),
  },
  (t) => [primaryKey({ columns: [t.lane, t.accountId, t.topic] })],
);
