import { minNanos, type Nanos } from "@/lib/money/nanos";
import { type AccountPins, type AccountState, arrearsOf } from "./account";
import type { Parts } from "./drawing-order";
import { chargeStretch, countCharge, countRuntime, coverStretch, type Effects, type Stretch } from "./effects";
import { judgeRewards, standingOf } from "./standing";

/** One event's part of the account's line: what it drew from *paid*. */
export interface LineStretch extends Stretch {
  seq: bigint;
  drawn: Nanos;
}

/** The part of a stretch that money covers, where `behind` lies between its end and the end of the line. */
function coveredPart(drawn: Nanos, behind: bigint, arrears: Nanos): bigint {
  const owed = arrears - behind;
  if (owed <= 0n) return drawn;
  return owed < drawn ? drawn - owed : 0n;
}

/**
 * How the covered part of each stretch changes as the edge moves. Money covers the line from the front, so the last
 * `arrears` of it are uncovered; an event that is voided leaves the line, and what stood behind it moves up.
 * @param newestFirst at least as much of the line's end as the larger of both arrears (or all of it), and the voided
 *   stretch if it lies there
 * @returns only stretches that change, oldest first
 */
export function coverageChanges<T extends { seq: bigint; drawn: Nanos }>(
  newestFirst: readonly T[],
  edge: { arrearsBefore: Nanos; arrearsAfter: Nanos; voidedSeq?: bigint },
): { stretch: T; change: Nanos }[] {
  const changes: { stretch: T; change: Nanos }[] = [];
  let behindBefore = 0n;
  let behindAfter = 0n;
  for (const stretch of newestFirst) {
    const { drawn } = stretch;
    const isVoided = stretch.seq === edge.voidedSeq;
    const before = coveredPart(drawn, behindBefore, edge.arrearsBefore);
    const after = isVoided ? 0n : coveredPart(drawn, behindAfter, edge.arrearsAfter);
    if (after !== before) changes.push({ stretch, change: (after - before) as Nanos });
    behindBefore += drawn;
    if (!isVoided) behindAfter += drawn;
  }
  return changes.reverse();
}

/**
 * Money came in (above zero) or was taken back, and *paid* has moved: the edge between what money covers and what is
 * owed moves with it. Changes what in `state` rests on paid spend, and `effects`.
 * @param newestFirst as `coverageChanges` asks
 */
export function applyMoney(
  state: AccountState,
  pins: AccountPins,
  amount: Nanos,
  newestFirst: readonly LineStretch[],
  effects: Effects,
): void {
  const paidNetBefore = (state.paidNet - amount) as Nanos;
  const before = standingOf({ spent: state.spent, paidNet: paidNetBefore }, pins);
  const edge = {
    arrearsBefore: arrearsOf(paidNetBefore),
    arrearsAfter: arrearsOf(state.paidNet),
  };
  for (const { stretch, change } of coverageChanges(newestFirst, edge)) {
    coverStretch(state, pins, stretch, change, effects);
  }
  judgeRewards(state, pins, before, effects);
}

/** An event to be taken back, as it was posted. */
export interface PostedUsage extends LineStretch {
  charge: Nanos;
  durationMs: bigint;
  parts: Parts;
}

/**
 * An event is taken back with every effect: what it drew returns to where it came from, *paid* settling arrears and
 * promotional credit settling debt; its charge and runtime go; it leaves the line.
 * @param newestFirst as `coverageChanges` asks
 */
export function applyVoid(
  state: AccountState,
  pins: AccountPins,
  event: PostedUsage,
  newestFirst: readonly LineStretch[],
  effects: Effects,
): void {
  const before = standingOf(state, pins);
  const arrearsBefore = arrearsOf(state.paidNet);
  const { parts } = event;
  state.seq += 1n;
  state.promo = (state.promo + parts.promo) as Nanos;
  state.earned = (state.earned + parts.earned) as Nanos;
  state.market = (state.market + parts.market) as Nanos;
  state.paidNet = (state.paidNet + parts.paid) as Nanos;
  state.charged[event.service] = (state.charged[event.service] - event.charge) as Nanos;
  settleDebt(state, parts, effects);
  countCharge(effects, event, -event.charge as Nanos, -1);
  countRuntime(effects, pins, event, -event.durationMs);
  chargeStretch(state, pins, event, -event.charge as Nanos, effects);
  const isInTail = newestFirst.some(({ seq }) => seq === event.seq);
  if (!isInTail) coverStretch(state, pins, event, -parts.paid as Nanos, effects);
  const edge = { arrearsBefore, arrearsAfter: arrearsOf(state.paidNet), voidedSeq: event.seq };
  for (const { stretch, change } of coverageChanges(newestFirst, edge)) {
    coverStretch(state, pins, stretch, change, effects);
  }
  judgeRewards(state, pins, before, effects);
}

/** Of the credit that returns, what is promotional settles debt first, in a posting of its own. */
function settleDebt(state: AccountState, returned: Parts, effects: Effects): void {
  const promo = minNanos(state.debt, returned.promo);
  const earned = minNanos((state.debt - promo) as Nanos, returned.earned);
  if (promo + earned === 0n) return;
  state.seq += 1n;
  state.promo = (state.promo - promo) as Nanos;
  state.earned = (state.earned - earned) as Nanos;
  state.debt = (state.debt - promo - earned) as Nanos;
  effects.settlements.push({ seq: state.seq, promo, earned });
}
