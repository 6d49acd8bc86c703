import { maxNanos, minNanos, type Nanos, ZERO } from "@/lib/money/nanos";
import {
  type AccountPins,
  type AccountState,
  loadedOf,
  type PairHold,
  type Reward,
  type Trigger,
  totalOf,
} from "./account";
import type { Effects } from "./effects";

/** What triggers are judged by. */
export type Spending = Pick<AccountState, "spent" | "paidNet">;

/** How far an account is towards a trigger, beyond it as well: paid spend, or deposits that stand. */
function reachedOf(state: Spending, trigger: Trigger): Nanos {
  if (trigger.kind === "load") return loadedOf(state);
  return trigger.service ? state.spent[trigger.service] : totalOf(state.spent);
}

/** What is still missing to a trigger: zero when it is reached, null where there is none to come. */
export function missingTo(state: Spending, trigger: Trigger | null): Nanos | null {
  if (trigger === null) return null;
  return maxNanos(ZERO, (trigger.amount - reachedOf(state, trigger)) as Nanos);
}

/** How far an account is towards a trigger, which is as far as it goes. */
export const progressTo = (state: Spending, trigger: Trigger): Nanos =>
  minNanos(reachedOf(state, trigger), trigger.amount);

/** A reward stands while its trigger is reached. */
const stands = (state: Spending, trigger: Trigger | null): boolean => missingTo(state, trigger) === 0n;

/** What stands before or after a posting. */
export interface Standing {
  bonus: boolean;
  milestone: boolean;
}

export const standingOf = (
  state: Spending,
  pins: Pick<AccountPins, "bonusTrigger" | "milestoneTrigger">,
): Standing => ({
  bonus: stands(state, pins.bonusTrigger),
  milestone: stands(state, pins.milestoneTrigger),
});

/**
 * Judges the triggers at the end of a posting. The first time the bonus's is reached the bonus is due, once ever;
 * a drawn bonus and a milestone are posted while they stand and taken back while they do not, here and now.
 * @param before what stood before the posting
 */
export function judgeRewards(state: AccountState, pins: AccountPins, before: Standing, effects: Effects): void {
  const now = standingOf(state, pins);
  if (now.bonus !== before.bonus || now.milestone !== before.milestone) effects.standingChanged = true;
  if (now.bonus && !state.bonusReached) {
    state.bonusReached = true;
    effects.bonusDue = true;
  }
  for (const kind of ["bonus", "milestone"] as const) {
    const reward = state[kind];
    if (reward) follow(state, reward, shouldPost(reward, now[kind], pins.hold ?? null), effects);
  }
}

/**
 * Whether a reward is to be posted now. While its pair is in review nothing more is posted, and what was posted before
 * stays; refused, nothing ever is, and what its terms still held does not stay either.
 */
export function shouldPost(
  { posted, held }: Pick<Reward, "posted" | "held">,
  isStanding: boolean,
  hold: PairHold | null,
): boolean {
  if (!isStanding || hold === null) return isStanding;
  return posted && !(hold === "refused" && held);
}

function follow(state: AccountState, reward: Reward, isPosted: boolean, effects: Effects): void {
  if (reward.posted === isPosted || leftOf(reward) === 0n) return;
  reward.posted = isPosted;
  reward.times += 1;
  state.seq += 1n;
  const { credit, debt } = rewardSplit(state, reward, isPosted);
  const sign = isPosted ? 1n : -1n;
  const place = reward.held ? "promoHeld" : reward.bucket;
  state[place] = (state[place] + sign * credit) as Nanos;
  state.debt = (state.debt - sign * debt) as Nanos;
  effects.rewardMoves.push({ seq: state.seq, reward, isGiven: isPosted, number: reward.times, credit, debt });
}

/** What of a reward is posted and taken back: all that has not expired. With nothing left of it, it moves no more. */
export const leftOf = ({ amount, expired }: Pick<Reward, "amount" | "expired">): Nanos => (amount - expired) as Nanos;

/** How a held reward is released: it leaves *promo.held* whole, and settles debt before any of it can be spent. */
export const releaseSplit = (
  state: Parameters<typeof rewardSplit>[0],
  reward: Pick<Reward, "amount" | "expired" | "bucket">,
): { credit: Nanos; debt: Nanos } => rewardSplit(state, { ...reward, held: false }, true);

/**
 * How a reward moves: given, it settles debt first; taken back, it leaves its bucket down to zero, and what was spent
 * already becomes debt. While it is held nothing of it is spent and it settles nothing: it comes and goes whole.
 */
export function rewardSplit(
  state: Pick<AccountState, "promo" | "earned" | "debt">,
  reward: Pick<Reward, "amount" | "expired" | "bucket" | "held">,
  isGiven: boolean,
): { credit: Nanos; debt: Nanos } {
  const { bucket, held } = reward;
  const amount = leftOf(reward);
  if (held) return { credit: amount, debt: ZERO };
  if (isGiven) {
    const debt = minNanos(state.debt, amount);
    return { credit: (amount - debt) as Nanos, debt };
  }
  const credit = minNanos(state[bucket], amount);
  return { credit, debt: (amount - credit) as Nanos };
}
