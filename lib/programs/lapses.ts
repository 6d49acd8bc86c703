import { minNanos, type Nanos, ZERO } from "@/lib/money/nanos";
import type { Lot } from "./lots";

/** Credit that came by one posting and does not last. */
export interface Ending {
  seq: bigint;
  bucket: "promo" | "earned";
  /** The reward it is of, and what of that can still expire: nothing while it is taken back. Null for a grant. */
  reward: { id: string; left: Nanos } | null;
}

/**
 * What expires of each of these, in the order of their end: what is left of its lot. Of a reward's lots together never
 * more than is left of the reward, for what else comes back by them is other credit.
 */
export function lapsesOf<T extends Ending>(
  lots: readonly Lot[],
  endings: readonly T[],
): { ending: T; amount: Nanos }[] {
  const gone = new Map<string, Nanos>();
  return endings.map((ending) => {
    const { seq, bucket, reward } = ending;
    const left = lots.find((lot) => lot.seq === seq && lot.bucket === bucket)?.left ?? ZERO;
    if (reward === null) return { ending, amount: left };
    const before = gone.get(reward.id) ?? ZERO;
    const amount = minNanos(left, (reward.left - before) as Nanos);
    gone.set(reward.id, (before + amount) as Nanos);
    return { ending, amount };
  });
}
