import { CAP, isQueueReason, refusedFor } from "./suspicion";

export type DrawState = "due" | "held" | "queued" | "bound" | "drawn";

/** A draw in the queue with nothing in its way is due: its round is fixed in the next pass. */
export const drawStateOf = ({ state, heldReason }: { state: DrawState; heldReason: string | null }): DrawState =>
  state === "queued" && !isQueueReason(heldReason) ? "due" : state;

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
}: {
  draw: { state: DrawState; heldReason: string | null } | null;
  /** Whether it stands; null before it is drawn. */
  isPosted: boolean | null;
  /** Decided when the account was made. */
  notEligible: string | null;
}): { state: BonusState; reason: string | null } {
  if (notEligible !== null) return { state: "not_eligible", reason: notEligible };
  if (draw === null) return { state: "locked", reason: null };
  if (isPosted === false) return { state: "taken_back", reason: null };
  const refused = refusedFor(draw.heldReason);
  if (refused !== null) return { state: "not_eligible", reason: refused };
  if (draw.heldReason === CAP) return { state: "not_eligible", reason: CAP };
  return { state: drawStateOf(draw), reason: draw.heldReason };
}
