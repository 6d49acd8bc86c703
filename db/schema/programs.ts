import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  pgView,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import { accrual, id, instant, lane, nanos, nanosFromZero, wide } from "@/db/columns";

/** Referred accounts by how far they came, and the referrer's bonuses: those to come, drawn, taken back, and what stands. */
const referrerCounts = () => ({
  signedUp: wide().notNull().default(sql`0`),
  /** With any paid spend. */
  spending: wide().notNull().default(sql`0`),
  /** Whose paid spend reached the bonus. */
  qualified: wide().notNull().default(sql`0`),
  waiting: wide().notNull().default(sql`0`),
  drawn: wide().notNull().default(sql`0`),
  takenBack: wide().notNull().default(sql`0`),
  amount: nanosFromZero(),
});

/** One immutable version of a program's parameters. `parameters` is validated by `lib/programs/terms.ts`. */
export const terms = pgTable(
  "terms",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    program: text().notNull(),
    version: text().notNull(),
    effectiveFrom: instant().notNull(),
    /** End excluded; null while in force. */
    effectiveUntil: instant(),
    parameters: jsonb().notNull().$type<unknown>(),
  },
  (t) => [uniqueIndex("terms_version").on(t.program, t.version)],
);

/** What an operator may change without new terms. */
export const programSettings = pgTable(
  "program_settings",
  {
    program: text().primaryKey(),
    paused: boolean().notNull().default(false),
    /** Most that may ever be given; null for no limit. */
    budget: nanos(),
    /** Held for draws that are bound and not yet drawn. */
    reserved: nanosFromZero(),
    spent: nanosFromZero(),
  },
  (t) => [check("program_settings_budget", sql`${t.budget} is null or ${t.reserved} + ${t.spent} <= ${t.budget}`)],
);

/** An account pinned, for life, to the terms of its one new-account bonus. `id` is its draw's id. */
export const enrolments = pgTable(
  "enrolments",
  {
    lane: lane(),
    accountId: id().notNull(),
    id: id().notNull(),
    program: text({ enum: ["signup-bonus", "referral"] }).notNull(),
    termsId: integer().notNull(),
    /** Why there is no bonus, decided when it was made: `not_new`, `imported`. */
    notEligible: text(),
    createdAt: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.lane, t.accountId] })],
);

/** A referrer and a referred account, pinned to one version of commission terms. In the lane of the referred. */
export const referrals = pgTable(
  "referrals",
  {
    lane: lane(),
    referredId: id().notNull(),
    /** Also the id of the referrer's draw. */
    id: id().notNull(),
    referrerLane: smallint().notNull(),
    referrerId: id().notNull(),
    program: text().notNull(),
    termsId: integer().notNull(),
    windowStart: instant().notNull(),
    /** End excluded; null for the lifetime of the referred account. */
    windowEnd: instant(),
    /** Why the pair earns nothing: `self`, `not_new`. */
    voidReason: text(),
    /** While held, what the pair accrues stays pending; once refused, it is nothing. */
    hold: text({ enum: ["held", "refused"] }),
    /** Whether the referrer's bonus may come of it (not for imported customers). */
    bonusEligible: boolean().notNull(),
    /** The pair's milestone beside its commission, if it was enrolled in one: terms, and the referred's reward. */
    milestoneTermsId: integer(),
    milestoneId: id(),
    createdAt: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.lane, t.referredId] }), index("referrals_referrer").on(t.referrerId, t.id)],
);

/** Enrolments in other terms that the platform asked for: the same reference again changes nothing. */
export const enrolmentRequests = pgTable("enrolment_requests", {
  reference: text().primaryKey(),
  lane: lane(),
  accountId: id().notNull(),
  program: text().notNull(),
  version: text().notNull(),
  createdAt: instant().notNull(),
});

/** A referrer asks for a gate to be opened; an operator decides. Accepted, it stays open. */
export const applications = pgTable(
  "applications",
  {
    reference: text().primaryKey(),
    lane: lane(),
    accountId: id().notNull(),
    program: text().notNull(),
    state: text({ enum: ["submitted", "accepted", "declined"] }).notNull(),
    submittedAt: instant().notNull(),
    decidedAt: instant(),
    /** The operator's, for the referrer to read. */
    reason: text(),
  },
  (t) => [
    index("applications_account").on(t.accountId, t.submittedAt),
    index("applications_submitted").on(t.submittedAt),
    uniqueIndex("applications_one_open").on(t.lane, t.accountId, t.program).where(sql`state <> 'declined'`),
  ],
);

/** By how many browsers a link was followed, by day of UTC. Only ever a count: nothing is owed for it. */
export const linkFollows = pgTable(
  "link_follows",
  { code: text().notNull(), day: date({ mode: "string" }).notNull(), count: integer().notNull() },
  (t) => [primaryKey({ columns: [t.code, t.day] })],
);

/**
 * What a pair was thought to earn its referrer by the end of its window, once a week, and what it had earned when the
 * window was over. In the lane of the referred. Exact accruals.
 */
export const referralForecasts = pgTable(
  "referral_forecasts",
  {
    lane: lane(),
    referralId: id().notNull(),
    referrerId: id().notNull(),
    /** The Monday (UTC) of the week it was made in. */
    week: date({ mode: "string" }).notNull(),
    madeAt: instant().notNull(),
    windowEnd: instant().notNull(),
    /** Earned when it was made. */
    earned: accrual().notNull(),
    low: accrual().notNull(),
    middle: accrual().notNull(),
    high: accrual().notNull(),
    /** Earned in all, read once the window was over. */
    outcome: accrual(),
    scoredAt: instant(),
  },
  (t) => [
    primaryKey({ columns: [t.lane, t.referralId, t.week] }),
    index("referral_forecasts_referrer").on(t.referrerId),
    index("referral_forecasts_open").on(t.windowEnd).where(sql`scored_at is null`),
    check("referral_forecasts_range", sql`${t.low} <= ${t.middle} and ${t.middle} <= ${t.high}`),
    check("referral_forecasts_scored", sql`(${t.outcome} is null) = (${t.scoredAt} is null)`),
  ],
);

/** The one-time random choice of a bonus. In the lane of the account whose spend made it due. */
export const draws = pgTable(
  "draws",
  {
    lane: lane(),
    id: id().notNull(),
    kind: text({ enum: ["new-account", "referral"] }).notNull(),
    /** The account whose paid spend reached the trigger. */
    triggerId: id().notNull(),
    beneficiaryLane: smallint().notNull(),
    beneficiaryId: id().notNull(),
    program: text({ enum: ["signup-bonus", "referral"] }).notNull(),
    termsId: integer().notNull(),
    state: text({ enum: ["due", "held", "queued", "bound", "drawn"] }).notNull(),
    heldReason: text(),
    dueAt: instant().notNull(),
    boundAt: instant(),
    beacon: text({ enum: ["local", "drand"] }),
    chainId: integer(),
    round: wide(),
    roundAt: instant(),
    drawnAt: instant(),
    /** 64 hex digits. */
    randomness: text(),
    signature: text(),
    reserved: nanos(),
    amount: nanos(),
    /** The beneficiary's when it became due, where the amount depends on it. */
    region: text(),
  },
  (t) => [
    primaryKey({ columns: [t.lane, t.id] }),
    index("draws_id").on(t.id),
    index("draws_beneficiary").on(t.beneficiaryId, t.dueAt),
    index("draws_open").on(t.dueAt).where(sql`state <> 'drawn'`),
    uniqueIndex("draws_one_new_account").on(t.lane, t.triggerId).where(sql`kind = 'new-account'`),
    check(
      "draws_future_round",
      sql`${t.roundAt} >= ${t.boundAt} + case ${t.beacon} when 'local' then interval '3 seconds' else interval '90 seconds' end`,
    ),
    check(
      "draws_bound_is_whole",
      sql`(${t.boundAt} is null) = (${t.roundAt} is null) and (${t.boundAt} is null) = (${t.round} is null) and (${t.boundAt} is null) = (${t.beacon} is null)`,
    ),
    check(
      "draws_drawn_is_whole",
      sql`(${t.state} = 'drawn') = (${t.drawnAt} is not null and ${t.randomness} is not null and ${t.amount} is not null) and (${t.drawnAt} is null or ${t.drawnAt} >= ${t.roundAt})`,
    ),
  ],
);

/** A drawn bonus or a milestone at its beneficiary: posted while the paid spend behind it stands, else taken back. */
export const rewards = pgTable(
  "rewards",
  {
    lane: lane(),
    accountId: id().notNull(),
    /** The draw's; for a milestone, its own. */
    id: id().notNull(),
    kind: text({ enum: ["bonus", "milestone"] }).notNull(),
    triggerLane: smallint().notNull(),
    triggerId: id().notNull(),
    program: text().notNull(),
    amount: nanos().notNull(),
    posted: boolean().notNull(),
    /** How often it was posted or taken back. */
    times: integer().notNull(),
    /** How long it is visible and not spendable from when it is first posted, and how long it lives after that. */
    holdMs: wide().notNull().default(sql`0`),
    expiryMs: wide(),
    /** Until it was released it is posted to *promo.held*. */
    held: boolean().notNull().default(false),
    /** Fixed when it is first posted, where terms hold it. */
    releaseAt: instant(),
    /** Fixed when it first becomes spendable, where terms let it expire. */
    expiresAt: instant(),
    /** What of it expired unspent: gone for good, so that neither taking it back nor giving it again counts it. */
    expired: nanosFromZero(),
  },
  (t) => [
    primaryKey({ columns: [t.lane, t.accountId, t.id] }),
    index("rewards_trigger").on(t.triggerId),
    index("rewards_held").on(t.releaseAt).where(sql`held`),
    check("rewards_expired", sql`${t.expired} between 0 and ${t.amount}`),
  ],
);

/** Credit that does not last: when the lot that came by a posting expires, and what of it did. */
export const creditExpiries = pgTable(
  "credit_expiries",
  {
    lane: lane(),
    accountId: id().notNull(),
    /** The posting it came by. */
    seq: wide().notNull(),
    bucket: text({ enum: ["promo", "earned"] }).notNull(),
    /** Null for a grant. */
    rewardId: id(),
    expiresAt: instant().notNull(),
    expired: nanosFromZero(),
    /** How often some of it expired: part of the cause of each. */
    times: integer().notNull().default(0),
    /** Whether it has to be looked at when its time has come; again once a void may have returned something to it. */
    open: boolean().notNull().default(true),
  },
  (t) => [
    primaryKey({ columns: [t.lane, t.accountId, t.seq] }),
    index("credit_expiries_open").on(t.expiresAt).where(sql`open`),
    check("credit_expiries_expired", sql`${t.expired} >= 0`),
  ],
);

/** Accounts whose paid spend passed their trigger, either way: their referrer's bonus is looked at by the sweep. */
export const standingOutbox = pgTable(
  "standing_outbox",
  { id: wide().generatedAlwaysAsIdentity(), lane: lane(), triggerId: id().notNull() },
  (t) => [primaryKey({ columns: [t.lane, t.id] })],
);

/** A chain of the local beacon. Its links are made from a secret that is not in the database. */
export const beaconChains = pgTable("beacon_chains", {
  id: integer().primaryKey().generatedAlwaysAsIdentity(),
  /** What its seed is derived by, from the secret. */
  name: text().notNull().unique(),
  /** SHA-256 applied `length` times to the first secret; published at once. */
  anchor: text().notNull(),
  length: integer().notNull(),
  /** Distance of the last link given to a draw. */
  lastRound: integer().notNull().default(0),
  lastRoundAt: instant(),
  createdAt: instant().notNull(),
});

/**
 * On its way to the beneficiary, gathered by the sweep: exact accruals, and with a royalty the use of the template it
 * comes of. Only ever added to by the flood, so that neither a famous referrer nor a famous template is a hot row.
 */
export const accrualOutbox = pgTable(
  "accrual_outbox",
  {
    id: wide().generatedAlwaysAsIdentity(),
    /** Lane of the account whose usage made it. */
    lane: lane(),
    beneficiaryLane: smallint().notNull(),
    beneficiaryId: id().notNull(),
    program: text().notNull(),
    /** The template for royalties, else empty. */
    template: text().notNull(),
    accrual: accrual().notNull(),
    /** Use of a template, on this day: everybody's runtime, others' paid spend, and who of the others. */
    day: date({ mode: "string" }),
    runtimeMs: wide().notNull().default(sql`0`),
    spend: nanosFromZero(),
    users: id().array(),
  },
  (t) => [index("accrual_outbox_beneficiary").on(t.beneficiaryId, t.template)],
);

/**
 * What changed in what came of an account's referrals, on its way to `referrer_totals`: written by triggers, and only
 * ever added to, so that a famous referrer is no hot row.
 */
export const referrerMoves = pgTable(
  "referrer_moves",
  {
    /** Of the account that signed up, or whose draw it is. */
    lane: lane(),
    referrerLane: smallint().notNull(),
    referrerId: id().notNull(),
    ...referrerCounts(),
  },
  (t) => [index("referrer_moves_referrer").on(t.referrerId)],
);

/** What came of an account's referrals, as of the last sweep. */
export const referrerTotals = pgTable(
  "referrer_totals",
  { lane: lane(), referrerId: id().notNull(), ...referrerCounts() },
  (t) => [primaryKey({ columns: [t.lane, t.referrerId] })],
);

/** The same with what is on its way. */
export const referrerGathered = pgView("referrer_gathered", {
  lane: lane(),
  referrerId: id().notNull(),
  signedUp: wide().notNull(),
  spending: wide().notNull(),
  qualified: wide().notNull(),
  waiting: wide().notNull(),
  drawn: wide().notNull(),
  takenBack: wide().notNull(),
  amount: nanos().notNull(),
}).existing();

/** What a program owes a beneficiary, as of the last sweep: pending + released = floor(accrued). */
export const earnings = pgTable(
  "earnings",
  {
    lane: lane(),
    accountId: id().notNull(),
    program: text().notNull(),
    template: text().notNull(),
    accrued: accrual().notNull(),
    pending: nanosFromZero(),
    released: nanosFromZero(),
    /** Number of sweeps that posted: part of the cause of each. */
    sweeps: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.lane, t.accountId, t.program, t.template] }),
    index("earnings_pending").on(t.template, t.accountId).where(sql`pending > 0`),
  ],
);
