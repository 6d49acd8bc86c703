import { date, index, integer, pgTable, primaryKey, smallint, text } from "drizzle-orm/pg-core";
import { id, instant, lane, nanos, nanosFromZero, wide } from "@/db/columns";

/** Charges of one account on one UTC day, by service. */
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

/** What a template gathered in one lane; its totals are the sums over lanes. */
export const templateLanes = pgTable(
  "template_lanes",
  {
    lane: lane(),
    template: text().notNull(),
    /** Everybody's, the creator's own included. */
    runtimeMs: wide().notNull(),
    /** Others' paid spend on pods: the royalty's base. */
    spend: nanosFromZero(),
  },
  (t) => [primaryKey({ columns: [t.template, t.lane] })],
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

/** Who, other than its creator, ever ran a template. */
export const templateUsers = pgTable(
  "template_users",
  { lane: lane(), template: text().notNull(), accountId: id().notNull() },
  (t) => [primaryKey({ columns: [t.lane, t.template, t.accountId] })],
);

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
