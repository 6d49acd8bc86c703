import type { PairHold } from "./account";
import { CAP, isQueueReason, refusedFor } from "./suspicion";

export type DrawState = "due" | "held" | "queued" | "bound" | "drawn";

/** A draw in the queue with nothing in its way is due: its round is fixed in the next pass. */
export const drawStateOf = ({ state, heldReason }: { state: DrawState; heldReason: string | null }): DrawState =>
  state === "queued" && !isQueueReason(heldReason) ? "due" : state;

/** A pair that waits for an operator, or was refused, and for what it was held. */
export interface PairReview {
  state: PairHold;
  reason: string | null;
}

export type BonusState = DrawState | "locked" | "taken_back" | "not_eligible";

/**
 * Where a bonus is, as its owner is told, and by what reason: `not_new`, `imported`, `sign_in_method`, `cap`,
 * `budget`, `paused`, or a suspicion. A draw that was judged and has nothing in its way is due; one that an operator refused is not for this account,
 * whatever is left of its draw.
 */
export function bonusStateOf({
  draw,
  isPosted,
  notEligible,
  hold = null,
}: {
  draw: { state: DrawState; heldReason: string | null } | null;
  /** Whether it stands; null before it is drawn. */
  isPosted: boolean | null;
  /** Decided when the account was made. */
  notEligible: string | null;
  /** Its pair's review: while there is one, a bonus that is not posted is not posted, whatever else it rests on. */
  hold?: PairReview | null;
}): { state: BonusState; reason: string | null } {
  if (notEligible !== null) return { state: "not_eligible", reason: notEligible };
  if (draw === null) return { state: "locked", reason: null };
  if (isPosted === false) return notPosted(hold);
  const refused = refusedFor(draw.heldReason);
  if (refused !== null) return { state: "not_eligible", reason: refused };
  if (draw.heldReason === CAP) return { state: "not_eligible", reason: CAP };
  return { state: drawStateOf(draw), reason: draw.heldReason };
}

/** Drawn, and neither in a bucket nor held by its terms. */
function notPosted(hold: PairReview | null): { state: BonusState; reason: string | null } {
  if (hold === null) return { state: "taken_back", reason: null };
  return { state: hold.state === "held" ? "held" : "not_eligible", reason: hold.reason };
}
