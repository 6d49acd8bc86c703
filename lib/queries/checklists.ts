import "server-only";
import { and, eq } from "drizzle-orm";
import { connection } from "next/server";
import { db } from "@/db/client";
import { wallets } from "@/db/schema/accounts";
import { draws, enrolments, rewards, terms } from "@/db/schema/programs";
import { reviews } from "@/db/schema/reviews";
import { amountText } from "@/lib/money/format";
import { nanos, ZERO } from "@/lib/money/nanos";
import { ownBonusChecklist } from "@/lib/programs/checklist";
import { type ShownCondition, showCondition } from "@/lib/programs/checklist-text";
import { triggerNoun } from "@/lib/programs/phrases";
import { missingTo } from "@/lib/programs/standing";
import { parseTerms } from "@/lib/programs/terms";
import { type ListedReferral, ownPair, referralsById } from "@/lib/services/referrals/list-referrals";
import { pairReview } from "@/lib/services/reviews/pair-review";
import type { AccountKey } from "./account-key";
import { spendingOf } from "./spending";

/** Every condition of an account's own new-account bonus. */
export async function bonusChecklist({ lane, id }: AccountKey): Promise<ShownCondition[]> {
  await connection();
  const [row] = await db()
    .select({
      enrolment: enrolments,
      parameters: terms.parameters,
      wallet: wallets,
      draw: draws,
      isPosted: rewards.posted,
    })
    .from(enrolments)
    .innerJoin(terms, eq(terms.id, enrolments.termsId))
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
  const { enrolment, wallet, draw, isPosted } = row;
  const hold = isPosted === false ? await pairReview(db(), { lane, id }) : null;
  const { trigger, signIns } = parseTerms(enrolment.program, row.parameters);
  const checklist = ownBonusChecklist({
    notEligible: enrolment.notEligible,
    bonusesMax: null,
    asksForSignIn: signIns !== null,
    draw,
    isPosted,
    hold,
    trigger: trigger.kind,
    wasReached: wallet.bonusReached,
    missing: missingTo(spendingOf(wallet), trigger) ?? ZERO,
    said: draw?.state === "held" ? await refusalOf(enrolment.id) : (hold?.said ?? null),
  });
  return checklist.map(showCondition);
}

/** What an operator said who refused the bonus; null where nobody did. */
async function refusalOf(drawId: string): Promise<string | null> {
  const [row] = await db()
    .select({ said: reviews.decisionReason })
    .from(reviews)
    .where(and(eq(reviews.kind, "bonus"), eq(reviews.subjectId, drawId), eq(reviews.state, "refused")))
    .limit(1);
  return row?.said ?? null;
}

/** What one side of a pair is told of its conditions. */
export interface PairChecklist {
  program: string;
  /** Of the terms the pair is pinned to. */
  version: string;
  conditions: ShownCondition[];
  milestone: MilestoneView | null;
}

/** A reward both sides get once, as one of them may see it. Exact decimal dollars. */
export interface MilestoneView {
  version: string;
  amount: string;
  trigger: string;
  /** What counts towards it: "paid spend on serverless", "deposits". */
  counted: string;
  /** How far it is, up to the trigger; null for the referrer, whose it is not to know. */
  progress: string | null;
  conditions: ShownCondition[];
}

/** The conditions of a referrer's pairs, by their ids, as the referrer may read them. */
export async function pairChecklists(account: AccountKey, ids: readonly string[]): Promise<Map<string, PairChecklist>> {
  await connection();
  const found = await referralsById(db(), account, ids, new Date());
  return new Map(found.map((pair) => [pair.id, toChecklist(pair, "referrer")]));
}

/** The conditions of the pair an account came by, as the account itself may read them; null where nobody referred it. */
export async function ownPairChecklist(account: AccountKey): Promise<PairChecklist | null> {
  await connection();
  const pair = await ownPair(db(), account, new Date());
  return pair && toChecklist(pair, "referred");
}

function toChecklist({ program, version, conditions, milestone }: ListedReferral, side: "referrer" | "referred") {
  const reached = milestone && amountText(nanos(milestone.trigger.amount - milestone.missing));
  return {
    program,
    version,
    conditions: conditions.map(showCondition),
    milestone: milestone && {
      version: milestone.version,
      amount: amountText(milestone.amount[side]),
      trigger: amountText(milestone.trigger.amount),
      counted: triggerNoun(milestone.trigger),
      progress: side === "referred" ? reached : null,
      conditions: milestone.conditions.map(showCondition),
    },
  };
}
