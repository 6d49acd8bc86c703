import { and, desc, eq, lte } from "drizzle-orm";
import { v7 as timeOrderedId } from "uuid";
import { rawOf, type Tx } from "@/db/client";
import { isUniqueViolation } from "@/db/errors";
import { enrolmentRequests, enrolments, referrals, terms } from "@/db/schema/programs";
import { writeReward } from "@/lib/ledger/rewards";
import { termsBook } from "@/lib/ledger/terms-book";
import { type AccountRef, lockWallets } from "@/lib/ledger/wallet";
import { judgeAnew, withWallet } from "@/lib/ledger/with-wallet";
import { addCalendarMonths } from "@/lib/programs/calendar";
import { notEligible } from "@/lib/programs/eligibility";
import { fixedAmount, parseTerms, type TermsOf } from "@/lib/programs/terms";
import { madeBy } from "@/lib/services/accounts/sign-in-method";
import type { Context } from "@/lib/services/context";
import { done, type Result, refused } from "@/lib/services/result";
import { retried } from "@/lib/services/retried";
import { termsInForce } from "@/lib/services/terms-in-force";

export const enrolmentPrograms = ["referral", "referral-beta", "serverless-referral-beta"] as const;
export type EnrolmentProgram = (typeof enrolmentPrograms)[number];

export interface Enrol {
  /** The referred account. */
  account: AccountRef;
  program: EnrolmentProgram;
  /** The newest version that has begun when absent. */
  version?: string;
  reference: string;
}

export type Enrolment = typeof enrolmentRequests.$inferSelect;

type Referral = typeof referrals.$inferSelect;

/**
 * Enrols a referred account, and with it its pair, in other terms than it was made under: how customers of the beta
 * programs are brought along. Refused once the account has used anything (`conflict`), and without a referrer or a
 * version (`invalid`). The same reference again changes nothing.
 */
export async function enrol(ctx: Context, input: Enrol): Promise<Result<Enrolment>> {
  const once = () => retried(() => ctx.db.transaction((tx) => enrolIn(ctx, tx, input)));
  try {
    return await once();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    return once();
  }
}

async function enrolIn(ctx: Context, tx: Tx, input: Enrol): Promise<Result<Enrolment>> {
  const { account, program, reference } = input;
  const raw = rawOf(tx);
  await lockPair(ctx, tx, account);
  const [before] = await tx.select().from(enrolmentRequests).where(eq(enrolmentRequests.reference, reference));
  if (before) return sameRequest(before, input);
  const [pair] = await tx
    .select()
    .from(referrals)
    .where(and(eq(referrals.lane, account.lane), eq(referrals.referredId, account.id)));
  if (!pair || pair.voidReason !== null) {
    return refused("invalid", "the account has no referrer, so there is no pair to enrol", "program");
  }
  const used = await raw`
    select 1 from usage_events where lane = ${account.lane} and account_id = ${account.id}
     union all select 1 from usage_put_away where lane = ${account.lane} and account_id = ${account.id} limit 1`;
  if (used.length > 0) return refused("conflict", "enrolments change only before the account's first usage event");
  if (program !== "serverless-referral-beta") {
    const due = await raw`select 1 from draws where lane = ${account.lane} and trigger_id = ${account.id} limit 1`;
    if (due.length > 0) return refused("conflict", "the account's bonus is due already, under the terms it has");
  }
  const at = ctx.clock();
  const wanted = await findVersion(tx, program, input.version, at);
  if (!wanted) return refused("invalid", `there is no such version of ${program}, or it has not begun`, "version");
  const parsed = parseTerms(program, wanted.parameters);
  if (parsed.program === "serverless-referral-beta") await addMilestone(tx, pair, { id: wanted.id, terms: parsed });
  else await changeCommission(tx, pair, { id: wanted.id, terms: parsed, at });
  await withWallet(raw, { account, book: termsBook(ctx.db), at }, judgeAnew);
  const { lane, id: accountId } = account;
  const [row] = await tx
    .insert(enrolmentRequests)
    .values({ reference, lane, accountId, program, version: wanted.version, createdAt: at })
    .returning();
  if (!row) throw new Error(`Enrolment ${reference} was not written`);
  return done(row);
}

/** Milestones are pinned to the wallets of both sides, so both are locked, in everybody's order. */
async function lockPair(ctx: Context, tx: Tx, account: AccountRef): Promise<void> {
  const referrers = await tx
    .select({ lane: referrals.referrerLane, id: referrals.referrerId })
    .from(referrals)
    .where(and(eq(referrals.lane, account.lane), eq(referrals.referredId, account.id)));
  const others = referrers.filter(({ id }) => id !== account.id);
  await lockWallets(rawOf(tx), termsBook(ctx.db), [account, ...others]);
}

function sameRequest(before: Enrolment, { account, program, version, reference }: Enrol): Result<Enrolment> {
  const same =
    before.accountId === account.id &&
    before.program === program &&
    (version === undefined || before.version === version);
  if (same) return done(before, false);
  return refused("conflict", `reference ${reference} was used for another enrolment`, "reference");
}

async function findVersion(tx: Tx, program: EnrolmentProgram, version: string | undefined, at: Date) {
  const begun = lte(terms.effectiveFrom, at);
  const wanted = version === undefined ? begun : and(begun, eq(terms.version, version));
  const [row] = await tx
    .select()
    .from(terms)
    .where(and(eq(terms.program, program), wanted))
    .orderBy(desc(terms.effectiveFrom))
    .limit(1);
  return row;
}

/**
 * A pair is under one commission program. Under the current one the bonuses of both sides hang together with it;
 * in the beta the referred account has the plain sign-up bonus instead, and its referrer none.
 */
async function changeCommission(
  tx: Tx,
  pair: Referral,
  { id, terms: parsed, at }: { id: number; terms: TermsOf<"referral"> | TermsOf<"referral-beta">; at: Date },
): Promise<void> {
  const { window } = parsed.commission;
  const isCurrent = parsed.program === "referral";
  const [enrolment] = await tx
    .select()
    .from(enrolments)
    .where(and(eq(enrolments.lane, pair.lane), eq(enrolments.accountId, pair.referredId)));
  const plain = isCurrent ? null : await termsInForce(tx, "signup-bonus", at);
  if (!isCurrent && !plain) throw new Error("No terms of signup-bonus are in force");
  const bonusTerms = parsed.program === "referral" ? parsed : plain?.terms;
  const signedInBy = await madeBy(tx, { lane: pair.lane, id: pair.referredId });
  const was = enrolment?.notEligible;
  const origin = { isOldCustomer: was === "imported", isNew: was !== "not_new", signedInBy };
  const why = notEligible(origin, bonusTerms?.signIns ?? null);
  await tx
    .update(referrals)
    .set({
      program: parsed.program,
      termsId: id,
      windowEnd: window.kind === "months" ? addCalendarMonths(pair.windowStart, window.months) : null,
      bonusEligible: isCurrent && why === null,
    })
    .where(and(eq(referrals.lane, pair.lane), eq(referrals.referredId, pair.referredId)));
  await tx
    .update(enrolments)
    .set({ program: isCurrent ? "referral" : "signup-bonus", termsId: plain?.id ?? id, notEligible: why })
    .where(and(eq(enrolments.lane, pair.lane), eq(enrolments.accountId, pair.referredId)));
}

/** Both sides get the milestone, each its own reward, resting on the referred account's paid spend. */
async function addMilestone(
  tx: Tx,
  pair: Referral,
  { id, terms: parsed }: { id: number; terms: TermsOf<"serverless-referral-beta"> },
): Promise<void> {
  if (pair.milestoneId !== null) return;
  const raw = rawOf(tx);
  const trigger = { lane: pair.lane, id: pair.referredId };
  const own = timeOrderedId();
  const sides = [
    { id: own, beneficiary: trigger },
    { id: timeOrderedId(), beneficiary: { lane: pair.referrerLane, id: pair.referrerId } },
  ];
  for (const side of sides) {
    const [place] = await raw<{ region: string | null }[]>`
      select region from accounts where lane = ${side.beneficiary.lane} and id = ${side.beneficiary.id}`;
    const amount = fixedAmount(parsed.bonus, place?.region ?? null);
    const { program, credit: life } = parsed;
    await writeReward(raw, { ...side, trigger, kind: "milestone", program, amount, life });
  }
  await tx
    .update(referrals)
    .set({ milestoneTermsId: id, milestoneId: own })
    .where(and(eq(referrals.lane, pair.lane), eq(referrals.referredId, pair.referredId)));
}
