import { date, index, integer, pgTable, pgView, primaryKey, smallint, text } from "drizzle-orm/pg-core";
import { id, instant, lane, nanos, nanosFromZero, wide } from "@/db/columns";

/** Charges of one account on one UTC day, by service; all but the day its wallet still keeps. */
export const usageDays = pgTable(
  "usage_days",
  {
    lane: lane(),
    accountId: id().notNull(),
    day: date({ mode: "string" }).notNull(),
    events: integer().notNull(),
    chargedPod: nanosFromZero(),
    chargedServerless: nanosFromZero(),
    chargedStorage: nanosFromZero(),
  },
  (t) => [primaryKey({ columns: [t.lane, t.accountId, t.day] })],
);

/** What `usage_days` holds, and the day each wallet still keeps: each account and day once. */
export const accountDays = pgView("account_days", {
  lane: lane(),
  accountId: id().notNull(),
  day: date({ mode: "string" }).notNull(),
  events: integer().notNull(),
  chargedPod: nanos().notNull(),
  chargedServerless: nanos().notNull(),
  chargedStorage: nanos().notNull(),
}).existing();

/** The rate card: one row for each price a sku ever had. Immutable. */
export const prices = pgTable(
  "prices",
  {
    sku: text().notNull(),
    effectiveFrom: instant().notNull(),
    service: text({ enum: ["pod", "serverless", "storage"] }).notNull(),
    unit: text({ enum: ["hour", "second", "gb-month"] }).notNull(),
    /** Per unit, in nano-dollars. */
    amount: nanos().notNull(),
    createdAt: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.sku, t.effectiveFrom] })],
);

/** A pod template and its creator, pinned to the royalty terms in force when it was registered. */
export const templates = pgTable(
  "templates",
  {
    /** The platform's name for it: what usage events carry. */
    externalId: text().primaryKey(),
    creatorLane: smallint().notNull(),
    creatorId: id().notNull(),
    name: text().notNull(),
    createdAt: instant().notNull(),
    registeredAt: instant().notNull(),
    termsId: integer().notNull(),
    /** When total runtime reached the gate. Once met it stays met. */
    gateMetAt: instant(),
  },
  (t) => [index("templates_creator").on(t.creatorId, t.externalId)],
);

/** Every renaming of a template, for ever: its first `before` is the name it was registered under. */
export const templateRenames = pgTable(
  "template_renames",
  {
    template: text().notNull(),
    number: integer().notNull(),
    before: text().notNull(),
    after: text().notNull(),
    at: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.template, t.number] })],
);

export const templateDays = pgTable(
  "template_days",
  {
    lane: lane(),
    template: text().notNull(),
    day: date({ mode: "string" }).notNull(),
    runtimeMs: wide().notNull(),
    spend: nanosFromZero(),
  },
  (t) => [primaryKey({ columns: [t.template, t.day, t.lane] })],
);

/** What a template gathered, as of the last sweep; in its creator's lane. What is on its way is in `accrual_outbox`. */
export const templateTotals = pgTable(
  "template_totals",
  {
    lane: lane(),
    template: text().notNull(),
    /** Everybody's, the creator's own included. */
    runtimeMs: wide().notNull(),
    /** Others' paid spend on pods: the royalty's base. */
    spend: nanosFromZero(),
    /** Others who ever ran it. */
    users: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.lane, t.template] })],
);

/** Who, other than its creator, ever ran a template; in its creator's lane. */
export const templateUsers = pgTable(
  "template_users",
  { lane: lane(), template: text().notNull(), accountId: id().notNull() },
  (t) => [primaryKey({ columns: [t.lane, t.template, t.accountId] })],
);

/** What each template gathered, what is on its way there included. */
export const templateGathered = pgView("template_gathered", {
  template: text().notNull(),
  runtimeMs: wide().notNull(),
  spend: nanos().notNull(),
  users: integer().notNull(),
}).existing();

/** The same by UTC day; a day may stand in several rows. */
export const templateGatheredDays = pgView("template_gathered_days", {
  template: text().notNull(),
  day: date({ mode: "string" }).notNull(),
  runtimeMs: wide().notNull(),
  spend: nanos().notNull(),
}).existing();

/** Pod events that name a template nobody registered yet: they join it if that happens within 30 days. */
export const unclaimedUsage = pgTable(
  "unclaimed_usage",
  {
    lane: lane(),
    template: text().notNull(),
    accountId: id().notNull(),
    seq: wide().notNull(),
    postedAt: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.template, t.lane, t.accountId, t.seq] })],
);
