import "server-only";
import { and, eq } from "drizzle-orm";
import { connection } from "next/server";
import { db } from "@/db/client";
import { accounts, wallets } from "@/db/schema/accounts";
import { draws, enrolments, rewards, terms } from "@/db/schema/programs";
import { amountText } from "@/lib/money/format";
import { ZERO } from "@/lib/money/nanos";
import type { Trigger } from "@/lib/programs/account";
import { type BonusState, bonusStateOf } from "@/lib/programs/bonus-state";
import type { Odds } from "@/lib/programs/odds";
import { programSentences } from "@/lib/programs/sentences";
import { missingTo, progressTo } from "@/lib/programs/standing";
import { fixedAmount, parseTerms, type TermsOf } from "@/lib/programs/terms";
import { pairReview } from "@/lib/services/reviews/pair-review";
import type { AccountKey } from "./account-key";
import { spendingOf } from "./spending";

/** The way of an account to its one new-account bonus, under the terms it is pinned to. */
export interface BonusView {
  /** Fixed at sign-up, long before anything is due. */
  drawId: string;
  program: "signup-bonus" | "referral";
  termsVersion: string;
  state: BonusState;
  /** Why there is none, why it is looked at, or why what was drawn cannot be spent: `on_hold`, `expired`. */
  reason: string | null;
  /** Exact decimal dollars; stops at the trigger. */
  progress: string;
  trigger: string;
  /** What counts towards it: paid spend, or deposits. */
  triggerKind: Trigger["kind"];
  missing: string;
  /** What was drawn; stays when it is taken back. */
  amount: string | null;
  /** 64 hex digits, once the round is out. */
  randomness: string | null;
  /** ISO 8601 */
  drawnAt: string | null;
  /** Null for a bonus of a fixed amount. */
  odds: Odds | null;
  offer: string;
  counts: string[];
  doesNotCount: string[];
  conditions: string[];
}

/** @throws Error when the account is not enrolled: every account is, when it is made. */
export async function bonusOf({ lane, id }: AccountKey): Promise<BonusView> {
  await connection();
  const [row] = await db()
    .select({
      enrolment: enrolments,
      terms,
      region: accounts.region,
      wallet: wallets,
      draw: draws,
      reward: rewards,
    })
    .from(enrolments)
    .innerJoin(terms, eq(terms.id, enrolments.termsId))
    .innerJoin(accounts, and(eq(accounts.lane, enrolments.lane), eq(accounts.id, enrolments.accountId)))
    .innerJoin(wallets, and(eq(wallets.lane, enrolments.lane), eq(wallets.accountId, enrolments.accountId)))
    .leftJoin(draws, and(eq(draws.lane, enrolments.lane), eq(draws.id, enrolments.id)))
    .leftJoin(
      rewards,
      and(
        eq(rewards.lane, enrolments.lane),
        eq(rewards.accountId, enrolments.accountId),
        eq(rewards.id, enrolments.id),
      ),
    )
    .where(and(eq(enrolments.lane, lane), eq(enrolments.accountId, id)));
  if (!row) throw new Error(`Account ${id} is not enrolled for a new-account bonus`);
  const { enrolment, draw, reward } = row;
  const isPosted = reward?.posted ?? null;
  const hold = isPosted === false ? await pairReview(db(), { lane, id }) : null;
  const pinned = parseTerms(enrolment.program, row.terms.parameters);
  const { trigger } = pinned;
  const spending = spendingOf(row.wallet);
  const { offer, counts, doesNotCount, conditions } = sentencesForOwner(pinned, row.region);
  return {
    drawId: enrolment.id,
    program: enrolment.program,
    termsVersion: row.terms.version,
    ...bonusStateOf({ draw, isPosted, notEligible: enrolment.notEligible, hold }),
    ...(reward?.posted ? notSpendable(reward) : {}),
    progress: amountText(progressTo(spending, trigger)),
    trigger: amountText(trigger.amount),
    triggerKind: trigger.kind,
    missing: amountText(missingTo(spending, trigger) ?? ZERO),
    amount: draw?.amount == null ? null : amountText(draw.amount),
    randomness: draw?.randomness ?? null,
    drawnAt: draw?.drawnAt?.toISOString() ?? null,
    odds: pinned.bonus.kind === "draw" ? pinned.bonus.odds : null,
    offer,
    counts,
    doesNotCount,
    conditions,
  };
}

/** What starts an account's new-account bonus, by the terms it is pinned to; null where none is to come. */
export async function bonusTrigger({ lane, id }: AccountKey): Promise<Trigger | null> {
  const [row] = await db()
    .select({ program: enrolments.program, notEligible: enrolments.notEligible, parameters: terms.parameters })
    .from(enrolments)
    .innerJoin(terms, eq(terms.id, enrolments.termsId))
    .where(and(eq(enrolments.lane, lane), eq(enrolments.accountId, id)));
  if (!row || row.notEligible !== null) return null;
  return parseTerms(row.program, row.parameters).trigger;
}

/**
 * Under referral terms the referred account's own side is the sign-up bonus by another name. A fixed bonus is told as
 * what it is to an account of this region.
 */
function sentencesForOwner(
  { trigger, bonus, credit, signIns }: TermsOf<"signup-bonus"> | TermsOf<"referral">,
  region: string | null,
) {
  const own = bonus.kind === "fixed" ? { ...bonus, amount: fixedAmount(bonus, region), byRegion: {} } : bonus;
  return programSentences({ program: "signup-bonus", trigger, bonus: own, credit, signIns });
}

function notSpendable({ held, expired }: typeof rewards.$inferSelect): { reason?: "on_hold" | "expired" } {
  if (held) return { reason: "on_hold" };
  return expired > 0n ? { reason: "expired" } : {};
}
