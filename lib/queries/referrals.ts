import "server-only";
import { and, desc, eq, inArray, lt, type SQL, sql } from "drizzle-orm";
import { connection } from "next/server";
import { db } from "@/db/client";
import { wallets } from "@/db/schema/accounts";
import { draws, enrolments, referrals, rewards } from "@/db/schema/programs";
import { accrue, type BasisPoints, sumAccruals, ZERO_ACCRUAL } from "@/lib/money/accrual";
import { accrualText, amountText, percentText } from "@/lib/money/format";
import type { Nanos } from "@/lib/money/nanos";
import { type Service, services } from "@/lib/programs/account";
import { drawStateOf } from "@/lib/programs/bonus-state";
import { triggerNoun } from "@/lib/programs/phrases";
import type { Terms } from "@/lib/programs/terms";
import type { AccountKey } from "./account-key";
import { pinnedTerms } from "./pinned-terms";

export type ReferralStage = "signed_up" | "spending" | "qualified" | "void";

/** How long a pair earns commission. */
export interface ReferralWindow {
  /** ISO 8601, end excluded; null for as long as the referred account lives. */
  end: string | null;
  isOver: boolean;
}

/** One referral as its referrer may see it: nothing tells whose account it is, or what it used beyond what earned. */
export interface Referral {
  /** Also the id of the referrer's draw. */
  id: string;
  /** ISO 8601 */
  signedUpAt: string;
  stage: ReferralStage;
  /** `self`, `not_new`; null where it counts. */
  voidReason: string | null;
  hold: ReferralHold | null;
  /** Every service that pays commission under the pinned terms, with its rate: "3%". Exact decimal dollars. */
  earned: { service: Service; rate: string; amount: string }[];
  earnedTotal: string;
  window: ReferralWindow;
  bonus: ReferralBonus;
}

/** Its commission waits for an operator, or was refused: then it is nothing. */
export interface ReferralHold {
  state: "held" | "refused";
  /** What made it look like one person. */
  reason: string;
}

export type ReferralBonus =
  /** `trigger`: what makes it due, exact decimal dollars of `counted`: "paid spend", "deposits". */
  | { state: "locked"; trigger: string; counted: string }
  /** `reason`: why it is held or waits in the queue. */
  | { state: "due" | "held" | "queued" | "bound"; reason: string | null }
  /** `amount`: exact decimal dollars, drawn once and for all. `drawnAt`: ISO 8601. */
  | { state: "drawn"; amount: string; drawnAt: string }
  /** `review`: of its pair, which lets nothing more be posted. */
  | { state: "taken_back"; amount: string; drawnAt: string; review: "held" | "refused" | null }
  /** The referral is void, the account was a customer before, or the terms give none. */
  | { state: "none"; reason: "void" | "imported" | "sign_in_method" | "terms" };

const PAGE_SIZE = 20;
const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * An account's referrals, newest first.
 * @param after the id of the last one on the page before; what is no id is read as the beginning.
 */
export async function referralsPage(
  account: AccountKey,
  after: string | null,
): Promise<{ referrals: Referral[]; next: string | null }> {
  await connection();
  const beyond = after !== null && ID.test(after) ? lt(referrals.id, after) : undefined;
  const found = await readReferrals(account, beyond, PAGE_SIZE + 1);
  const shown = found.slice(0, PAGE_SIZE);
  return { referrals: shown, next: found.length > PAGE_SIZE ? (shown.at(-1)?.id ?? null) : null };
}

/** One referral of an account's; null for any other id. */
export async function referralById(account: AccountKey, id: string): Promise<Referral | null> {
  await connection();
  if (!ID.test(id)) return null;
  const [found] = await readReferrals(account, eq(referrals.id, id), 1);
  return found ?? null;
}

async function readReferrals(account: AccountKey, which: SQL | undefined, limit: number): Promise<Referral[]> {
  const now = new Date();
  const mine = eq(referrals.referrerId, account.id);
  // Chosen first, by the index alone: of a referrer of very many the rest would be joined to be thrown away.
  const page = db()
    .select({ id: referrals.id })
    .from(referrals)
    .where(and(mine, which))
    .orderBy(desc(referrals.id))
    .limit(limit);
  const rows = await db()
    .select({
      referral: referrals,
      wallet: wallets,
      draw: draws,
      isPosted: rewards.posted,
      notEligible: enrolments.notEligible,
      holdReason,
    })
    .from(referrals)
    .innerJoin(enrolments, and(eq(enrolments.lane, referrals.lane), eq(enrolments.accountId, referrals.referredId)))
    .innerJoin(wallets, and(eq(wallets.lane, referrals.lane), eq(wallets.accountId, referrals.referredId)))
    .leftJoin(draws, and(eq(draws.lane, referrals.lane), eq(draws.id, referrals.id)))
    .leftJoin(
      rewards,
      and(
        eq(rewards.lane, referrals.referrerLane),
        eq(rewards.accountId, referrals.referrerId),
        eq(rewards.id, referrals.id),
      ),
    )
    .where(and(mine, inArray(referrals.id, page)))
    .orderBy(desc(referrals.id));
  const termsOf = await pinnedTerms(rows.map(({ referral }) => referral.termsId));
  return rows.map((row) => toReferral(row, termsOf(row.referral.termsId), now));
}

/** The likeness a pair is held or refused for. */
const holdReason = sql<string | null>`(
  select v.reason from reviews v
   where v.kind = 'pair' and v.subject_id = referrals.id and v.state <> 'released'
   order by v.state = 'refused' desc, v.opened_at limit 1)`;

const holdOf = ({ hold }: ReferralRow["referral"], reason: string | null): ReferralHold | null =>
  hold && { state: hold, reason: reason ?? "" };

interface ReferralRow {
  referral: typeof referrals.$inferSelect;
  wallet: typeof wallets.$inferSelect;
  draw: typeof draws.$inferSelect | null;
  /** Whether the bonus stands; null before it is drawn. */
  isPosted: boolean | null;
  /** Why there is no bonus; null where it may come. */
  notEligible: string | null;
  holdReason: string | null;
}

function toReferral(row: ReferralRow, terms: Terms, now: Date): Referral {
  const { referral, wallet } = row;
  const bases: Record<Service, Nanos> = {
    pod: wallet.basePod,
    serverless: wallet.baseServerless,
    storage: wallet.baseStorage,
  };
  const accrued = payingServices(terms).map(({ service, rate }) => ({
    service,
    rate: percentText(rate),
    accrual: referral.hold === "refused" ? ZERO_ACCRUAL : accrue(bases[service], rate),
  }));
  return {
    id: referral.id,
    signedUpAt: referral.windowStart.toISOString(),
    stage: stageOf(referral, wallet),
    voidReason: referral.voidReason,
    hold: holdOf(referral, row.holdReason),
    earned: accrued.map(({ accrual, ...rest }) => ({ ...rest, amount: accrualText(accrual) })),
    earnedTotal: accrualText(sumAccruals(accrued.map(({ accrual }) => accrual))),
    window: windowOf(referral, now),
    bonus: bonusOf(row, terms),
  };
}

function stageOf(referral: ReferralRow["referral"], wallet: ReferralRow["wallet"]): ReferralStage {
  if (referral.voidReason !== null) return "void";
  if (wallet.bonusReached) return "qualified";
  return wallet.spentPod + wallet.spentServerless + wallet.spentStorage > 0n ? "spending" : "signed_up";
}

function bonusOf({ referral, draw, isPosted, notEligible }: ReferralRow, terms: Terms): ReferralBonus {
  if (draw?.amount && draw.drawnAt) {
    const drawn = { amount: amountText(draw.amount), drawnAt: draw.drawnAt.toISOString() };
    return isPosted === false ? { state: "taken_back", ...drawn, review: referral.hold } : { state: "drawn", ...drawn };
  }
  if (draw) {
    const state = drawStateOf(draw);
    if (state !== "drawn") return { state, reason: draw.heldReason };
  }
  if (referral.voidReason !== null) return { state: "none", reason: "void" };
  if (!("trigger" in terms)) return { state: "none", reason: "terms" };
  if (!referral.bonusEligible) {
    return { state: "none", reason: notEligible === "sign_in_method" ? notEligible : "imported" };
  }
  return { state: "locked", trigger: amountText(terms.trigger.amount), counted: triggerNoun(terms.trigger) };
}

const windowOf = ({ windowEnd }: ReferralRow["referral"], now: Date): ReferralWindow => ({
  end: windowEnd?.toISOString() ?? null,
  isOver: windowEnd !== null && windowEnd <= now,
});

/** How an account itself was referred, as it may be told. */
export interface OwnReferral {
  /** What its referrer earns, only of services that pay: "3%". */
  rates: { service: Service; rate: string }[];
  window: ReferralWindow;
  voidReason: string | null;
  hold: ReferralHold | null;
}

/** Null when nobody referred the account. */
export async function ownReferral(account: AccountKey): Promise<OwnReferral | null> {
  await connection();
  const [found] = await db()
    .select({ row: referrals, holdReason })
    .from(referrals)
    .where(and(eq(referrals.lane, account.lane), eq(referrals.referredId, account.id)));
  if (!found) return null;
  const { row } = found;
  const termsOf = await pinnedTerms([row.termsId]);
  return {
    rates: payingServices(termsOf(row.termsId)).map(({ service, rate }) => ({ service, rate: percentText(rate) })),
    window: windowOf(row, new Date()),
    voidReason: row.voidReason,
    hold: holdOf(row, found.holdReason),
  };
}

function payingServices(terms: Terms): { service: Service; rate: BasisPoints }[] {
  if (!("commission" in terms)) throw new Error(`${terms.program} pays no commission, yet a referral is pinned to it`);
  const { rates } = terms.commission;
  return services.flatMap((service) => (rates[service] > 0n ? [{ service, rate: rates[service] }] : []));
}
