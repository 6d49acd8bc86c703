import { sql } from "drizzle-orm";
import { boolean, check, date, index, integer, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { id, instant, lane, nanos, nanosFromZero, wide } from "@/db/columns";

/** One customer of the platform. What never changes, or rarely; the moving numbers are the wallet's. */
export const accounts = pgTable(
  "accounts",
  {
    lane: lane(),
    id: id().notNull(),
    /** The name shown and used by the platform: `acc_…` until the platform sets its own. */
    externalId: text().notNull(),
    /** Whether `externalId` is the platform's own. */
    namedByPlatform: boolean().notNull(),
    name: text(),
    email: text(),
    /** Whether the owner proved the address (a sign-in did). */
    emailVerified: boolean().notNull().default(false),
    region: text(),
    status: text({ enum: ["active", "held", "closed"] })
      .notNull()
      .default("active"),
    signedUpAt: instant().notNull(),
    createdAt: instant().notNull(),
    updatedAt: instant().notNull(),
    /** The code of this account's own referral link. */
    referralCode: text().notNull(),
    /** Whether those who follow the link are told the first word of the name. */
    firstNameShown: boolean().notNull().default(false),
    /** Digest of the request that made it: the same again changes nothing, another is a conflict. */
    requestDigest: text(),
    /** The most the customer wants spent on a UTC day, and in a UTC month; null for no limit. New work is refused beyond. */
    spendDayMax: nanos(),
    spendMonthMax: nanos(),
  },
  (t) => [
    primaryKey({ columns: [t.lane, t.id] }),
    index("accounts_email").on(t.email),
    index("accounts_updated").on(t.updatedAt),
  ],
);

/** Every name an account answers to. Names are never taken away, so they may be cached. */
export const accountNames = pgTable("account_names", {
  name: text().primaryKey(),
  lane: lane(),
  accountId: id().notNull(),
});

/** Every referral code ever given out, in lower case. Each stays its account's, and leads to it, for ever. */
export const referralCodes = pgTable(
  "referral_codes",
  {
    code: text().primaryKey(),
    lane: lane(),
    accountId: id().notNull(),
    /** When its account chose it; null for the one an account begins with. */
    chosenAt: instant(),
  },
  (t) => [index("referral_codes_account").on(t.accountId)],
);

/** The first account of each normalised e-mail: who comes later is not new. */
export const firstEmails = pgTable("first_emails", {
  emailNormal: text().primaryKey(),
  lane: lane(),
  accountId: id().notNull(),
});

/**
 * The running numbers of an account, cached from its postings; `npm run verify` rebuilds each one.
 * `paidNet` is the ledger balance of *paid*: what is below zero is arrears.
 */
export const wallets = pgTable(
  "wallets",
  {
    lane: lane(),
    accountId: id().notNull(),
    /** Number of the last posting: events and postings of an account share one sequence. */
    seq: wide().notNull().default(sql`0`),
    promo: nanosFromZero(),
    promoHeld: nanosFromZero(),
    earned: nanosFromZero(),
    market: nanosFromZero(),
    paidNet: nanosFromZero(),
    debt: nanosFromZero(),
    reserved: nanosFromZero(),
    deposited: nanosFromZero(),
    chargedPod: nanosFromZero(),
    chargedServerless: nanosFromZero(),
    chargedStorage: nanosFromZero(),
    /** Paid spend, lifetime, by service. */
    spentPod: nanosFromZero(),
    spentServerless: nanosFromZero(),
    spentStorage: nanosFromZero(),
    /** Paid spend inside the commission window of the account's referral, by service. */
    basePod: nanosFromZero(),
    baseServerless: nanosFromZero(),
    baseStorage: nanosFromZero(),
    /** The day of the account's latest usage, whose charges are kept here until a later day begins. */
    openDay: date({ mode: "string" }),
    dayEvents: integer().notNull().default(0),
    dayPod: nanosFromZero(),
    dayServerless: nanosFromZero(),
    dayStorage: nanosFromZero(),
    /** Whether paid spend ever reached the trigger of the account's bonus. */
    bonusReached: boolean().notNull().default(false),
    closed: boolean().notNull().default(false),
    /** The confirmed cluster it belongs to: between its accounts nothing is earned. */
    clusterId: id(),
    touchedAt: instant().notNull(),
    /**
     * What the account is pinned to, and its own rewards: enrolment, referral and rewards as one text, written by the
     * database whenever one of them changes, so that the flood reads one row for each account and not five.
     */
    pins: text(),
  },
  (t) => [
    primaryKey({ columns: [t.lane, t.accountId] }),
    check(
      "wallets_floors",
      sql`least(${t.promo}, ${t.promoHeld}, ${t.earned}, ${t.market}, ${t.debt}, ${t.reserved}, ${t.deposited}) >= 0`,
    ),
    check("wallets_spent", sql`least(${t.spentPod}, ${t.spentServerless}, ${t.spentStorage}) >= 0`),
    check("wallets_base", sql`least(${t.basePod}, ${t.baseServerless}, ${t.baseStorage}) >= 0`),
  ],
);

/** Where an account meets its person. */
export const accountOwners = pgTable(
  "account_owners",
  {
    userId: text().primaryKey(),
    lane: lane(),
    accountId: id().notNull(),
    createdAt: instant().notNull(),
  },
  (t) => [uniqueIndex("account_owners_account").on(t.lane, t.accountId)],
);

/**
 * When an account's owner last looked at the dashboard, and what the books said then: what is told as changed since
 * last time is told from here, on every device alike.
 */
export const accountVisits = pgTable(
  "account_visits",
  {
    lane: lane(),
    accountId: id().notNull(),
    /** The latest look, and the number of the last posting and the charges, lifetime, that it showed. */
    seenAt: instant().notNull(),
    seenSeq: wide().notNull(),
    seenCharged: nanos().notNull(),
    /** The last look of the visit before this one; null during the first. */
    beforeAt: instant(),
    beforeSeq: wide(),
    beforeCharged: nanos(),
    /** When the note of the account's bonus was watched being drawn: it is drawn once. */
    bonusSeenAt: instant(),
  },
  (t) => [primaryKey({ columns: [t.lane, t.accountId] })],
);

/** An account that its owner closed, and what was chosen for its unspent money. Never undone. */
export const accountClosings = pgTable(
  "account_closings",
  {
    lane: lane(),
    accountId: id().notNull(),
    closedAt: instant().notNull(),
    /** Whether unspent money is given back or given up. */
    paid: text({ enum: ["refund", "give_up"] }).notNull(),
    /** The wallet's last posting when what came after the closing was last settled. */
    settledSeq: wide().notNull(),
    /** What was to be given back then and had not been, in whole cents: an operator's list. */
    owed: nanosFromZero(),
  },
  (t) => [
    primaryKey({ columns: [t.lane, t.accountId] }),
    index("account_closings_owed").on(t.closedAt).where(sql`owed > 0`),
  ],
);
