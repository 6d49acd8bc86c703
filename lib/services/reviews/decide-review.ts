import { and, eq } from "drizzle-orm";
import { rawOf, type Tx } from "@/db/client";
import { reviews } from "@/db/schema/reviews";
import { refusePair, releasePair } from "@/lib/ledger/hold-pair";
import { termsBook } from "@/lib/ledger/terms-book";
import { type AccountRef, lockWallets } from "@/lib/ledger/wallet";
import { judgeAnew, withWallet } from "@/lib/ledger/with-wallet";
import { notifyChanged } from "@/lib/live/notify";
import { CAP, refusedReason } from "@/lib/programs/suspicion";
import type { Context } from "@/lib/services/context";
import { record } from "@/lib/services/operators/audit";
import { isOwnAccount } from "@/lib/services/operators/own-account";
import { type CappedDraw, capRooms } from "@/lib/services/programs/referral-cap";
import { done, type Result, refused } from "@/lib/services/result";
import { retried } from "@/lib/services/retried";
import { type Review, readReview } from "./list-reviews";

export interface DecideReview {
  id: string;
  /** False to refuse. */
  release: boolean;
  /** For both sides to read. */
  reason: string;
  /** E-mail of the operator, or `key:NAME`. */
  actor: string;
}

type ReviewRow = typeof reviews.$inferSelect;
type Decision = DecideReview & { state: "released" | "refused"; at: Date };

/**
 * The operator's word on something held, once. Released, a bonus gets its round in its place, and a pair's commission
 * is released whole; refused, the bonus never comes, and the pair's commission is nothing. What is said of a pair is
 * said of the bonuses that were held for the same likeness. The same decision again changes nothing; the other one is
 * a `conflict`, and one about the operator's own account `invalid`, both written down as well.
 */
export async function decideReview(ctx: Context, input: DecideReview): Promise<Result<Review>> {
  const decided = await retried(() => ctx.db.transaction((tx) => decideIn(ctx, tx, input)));
  if (!decided.ok) return decided;
  notifyChanged(ctx.db, decided.value);
  const review = await readReview(ctx, input.id);
  if (!review) throw new Error(`Review ${input.id} is gone`);
  return done(review, decided.created);
}

/** @returns the accounts that see a change. */
async function decideIn(ctx: Context, tx: Tx, input: DecideReview): Promise<Result<string[]>> {
  const [review] = await tx.select().from(reviews).where(eq(reviews.id, input.id)).for("update");
  if (!review) return refused("not_found", "there is no such review");
  const { release, reason, actor } = input;
  const state = release ? "released" : "refused";
  const act = { actor, act: release ? "review.release" : "review.refuse", subject: review.id, reason };
  const about = { kind: review.kind, held: review.reason, account: review.accountId };
  if (review.state === state) return done([], false);
  if (review.state !== "open") {
    const why = `it was ${review.state} already`;
    await record(tx, { ...act, outcome: "refused", detail: { ...about, why } });
    return refused("conflict", why);
  }
  if (await isAboutOwn(tx, review, actor)) {
    await record(tx, { ...act, outcome: "refused", detail: { ...about, why: "their own" } });
    return refused("invalid", "This is about an account of your own: another operator decides about it.");
  }
  const decision: Decision = { ...input, state, at: ctx.clock() };
  const changed = review.kind === "pair" ? await decidePair(ctx, tx, review, decision) : [];
  changed.push(...(await decideBonus(ctx, tx, review, decision)));
  await record(tx, { ...act, outcome: "done", detail: about });
  return done([review.accountId, ...changed]);
}

/** Whether the account, the one it looks like, or whoever would gain is the actor's own. */
async function isAboutOwn(tx: Tx, review: ReviewRow, actor: string): Promise<boolean> {
  const parties = await rawOf(tx)<AccountRef[]>`
    select lane, id from accounts
     where id in (${review.accountId}, ${review.otherId})
        or id in (select beneficiary_id from draws
                   where ${review.kind} = 'bonus' and lane = ${review.subjectLane} and id = ${review.subjectId})
        or id in (select referrer_id from referrals where lane = ${review.lane} and referred_id = ${review.accountId})`;
  for (const party of parties) if (await isOwnAccount(tx, party, actor)) return true;
  return false;
}

/** Closes a review and, where it is a bonus's, lets its draw go on or ends it. */
async function decideBonus(
  ctx: Context,
  tx: Tx,
  review: ReviewRow,
  { state, at, actor, reason }: Decision,
): Promise<string[]> {
  await tx
    .update(reviews)
    .set({ state, decidedAt: at, decidedBy: actor, decisionReason: reason })
    .where(eq(reviews.id, review.id));
  if (review.kind !== "bonus") return [];
  const next =
    state === "released"
      ? await released(ctx, tx, review)
      : { state: "held", heldReason: refusedReason(review.reason) };
  const draws = await rawOf(tx)<{ beneficiary_id: string }[]>`
    update draws set state = ${next.state}, held_reason = ${next.heldReason}
     where lane = ${review.subjectLane} and id = ${review.subjectId} and state = 'held'
    returning beneficiary_id`;
  return draws.map(({ beneficiary_id }) => beneficiary_id);
}

/** Nothing speaks against it any more; yet its referrer may have had all that its terms give meanwhile. */
async function released(ctx: Context, tx: Tx, { subjectLane, subjectId }: ReviewRow) {
  const raw = rawOf(tx);
  const draws = await raw<CappedDraw[]>`
    select kind, beneficiary_id, terms_id from draws
     where lane = ${subjectLane} and id = ${subjectId} and state = 'held'`;
  const rooms = await capRooms(raw, termsBook(ctx.db), draws);
  return draws.every(rooms.has) ? { state: "queued", heldReason: null } : { state: "held", heldReason: CAP };
}

/** The account's wallet is locked, so that its usage accrues either before the decision or after it. */
async function decidePair(ctx: Context, tx: Tx, review: ReviewRow, decision: Decision): Promise<string[]> {
  const raw = rawOf(tx);
  const wallet = (await lockWallets(raw, termsBook(ctx.db), [{ lane: review.lane, id: review.accountId }])).get(
    review.accountId,
  );
  if (!wallet) throw new Error(`Account ${review.accountId} has no wallet`);
  const changed: string[] = wallet.referral ? [wallet.referral.referrer.id] : [];
  const others = await openReviews(tx, review);
  const pairs = others.filter(({ kind }) => kind === "pair");
  const judge = () => withWallet(raw, { account: wallet.account, book: termsBook(ctx.db), at: decision.at }, judgeAnew);
  if (decision.state === "refused") {
    await refusePair(raw, wallet);
    for (const pair of pairs) await decideBonus(ctx, tx, pair, decision);
    // What terms still hold of a bonus goes: on this side here, on the other one by the next sweep.
    await judge();
  } else if (pairs.length === 0) {
    await releasePair(raw, wallet);
    // What was reached meanwhile is posted now: to this side here, to the other one by the next sweep.
    await judge();
  }
  const sameLikeness = others.filter(
    ({ kind, reason, otherId }) => kind === "bonus" && reason === review.reason && otherId === review.otherId,
  );
  for (const bonus of sameLikeness) changed.push(...(await decideBonus(ctx, tx, bonus, decision)));
  return changed;
}

const openReviews = async (tx: Tx, { id, lane, accountId }: ReviewRow): Promise<ReviewRow[]> => {
  const open = await tx
    .select()
    .from(reviews)
    .where(and(eq(reviews.lane, lane), eq(reviews.accountId, accountId), eq(reviews.state, "open")))
    .orderBy(reviews.id)
    .for("update");
  return open.filter((each) => each.id !== id);
};
