import "server-only";
import { desc, eq, or } from "drizzle-orm";
import { connection } from "next/server";
import { db } from "@/db/client";
import { reviews } from "@/db/schema/reviews";
import { accrualText, amountText } from "@/lib/money/format";
import { holdSentence } from "@/lib/programs/hold-words";
import type { AccountKey } from "@/lib/queries/account-key";
import { listReviews, type Review, readReview } from "@/lib/services/reviews/list-reviews";

type Kind = "bonus" | "pair";
type State = "open" | "released" | "refused";

/** A held bonus, or the held commission of a pair. Accounts by the platform's names for them. */
export interface ReviewView {
  id: string;
  kind: Kind;
  account: string;
  /** Who would get the bonus; a pair's referrer. */
  beneficiary: string;
  /** The account it looks like, where there is one. */
  other: string | null;
  /** Why it is held, in a sentence. */
  sentence: string;
  state: State;
  /** ISO 8601 */
  openedAt: string;
  decidedAt: string | null;
  decidedBy: string | null;
  decisionReason: string | null;
  /** Exact decimal dollars: the most a bonus can be; null for a pair. */
  bonusMost: string | null;
  /** What the pair earned in all, and what of it is kept; null for a bonus. */
  commission: { accrued: string; held: string } | null;
}

const OPEN_SHOWN = 50;
const DECIDED_SHOWN = 20;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const context = () => ({ db: db(), clock: () => new Date() });

/**
 * What is held, the oldest first, and what was decided last.
 * @param after the id of the last one on the page before; what is no id is read as the beginning.
 */
export async function reviewsToDecide(after: string | undefined): Promise<{
  open: ReviewView[];
  next: string | null;
  decided: ReviewView[];
}> {
  await connection();
  const cursor = after !== undefined && UUID.test(after) ? { cursor: after } : {};
  const [open, decided] = await Promise.all([
    listReviews(context(), { state: "open", limit: OPEN_SHOWN, ...cursor }),
    listReviews(context(), { state: "decided", limit: DECIDED_SHOWN }),
  ]);
  return { open: open.reviews.map(toView), next: open.next, decided: decided.reviews.map(toView) };
}

/** One review; null for what is none. */
export async function reviewView(id: string): Promise<ReviewView | null> {
  await connection();
  const review = UUID.test(id) ? await readReview(context(), id) : null;
  return review && toView(review);
}

function toView({ amounts, openedAt, decidedAt, ...review }: Review): ReviewView {
  const { id, kind, account, beneficiary, other, sentence, state, decidedBy, decisionReason } = review;
  const { bonusMost, commissionAccrued: accrued, commissionHeld: held } = amounts;
  return {
    ...{ id, kind, account, beneficiary, other, sentence, state, decidedBy, decisionReason },
    openedAt: openedAt.toISOString(),
    decidedAt: decidedAt?.toISOString() ?? null,
    bonusMost: bonusMost === null ? null : amountText(bonusMost),
    commission: accrued === null || held === null ? null : { accrued: accrualText(accrued), held: accrualText(held) },
  };
}

/** A review that an account had a part in, as the suspicious one or as the one it looks like. */
export type AccountReview = Pick<
  ReviewView,
  "id" | "kind" | "sentence" | "state" | "openedAt" | "decidedBy" | "decisionReason"
>;

const ACCOUNT_SHOWN = 50;

/** Newest first, at most fifty. */
export async function reviewsOf({ id }: AccountKey): Promise<AccountReview[]> {
  await connection();
  const rows = await db()
    .select()
    .from(reviews)
    .where(or(eq(reviews.accountId, id), eq(reviews.otherId, id)))
    .orderBy(desc(reviews.openedAt))
    .limit(ACCOUNT_SHOWN);
  return rows.map(({ reason, openedAt, ...row }) => ({
    id: row.id,
    kind: row.kind,
    sentence: holdSentence(reason, "operator"),
    state: row.state,
    openedAt: openedAt.toISOString(),
    decidedBy: row.decidedBy,
    decisionReason: row.decisionReason,
  }));
}
