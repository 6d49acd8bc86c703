import type { Nanos } from "@/lib/money/nanos";
import type { AccountPins, AccountState } from "./account";
import { coveredNow, drawCharge, type Parts } from "./drawing-order";
import { chargeStretch, countCharge, countRuntime, coverStretch, type Effects, type Stretch } from "./effects";
import { judgeRewards, standingOf } from "./standing";

/** A priced usage event, ready for the rules. */
export interface Usage extends Stretch {
  charge: Nanos;
  durationMs: bigint;
}

/**
 * One usage event happens to an account: its charge is drawn in the fixed order, what money covers becomes paid
 * spend, and everything that follows is gathered in `effects`. Changes `state` and `effects`; returns the parts that
 * go on the event's row.
 */
export function applyUsage(state: AccountState, pins: AccountPins, usage: Usage, effects: Effects): Parts {
  const before = standingOf(state, pins);
  const parts = drawCharge(state, usage.charge);
  const covered = coveredNow(state.paidNet, parts.paid);
  state.seq += 1n;
  state.promo = (state.promo - parts.promo) as Nanos;
  state.earned = (state.earned - parts.earned) as Nanos;
  state.market = (state.market - parts.market) as Nanos;
  state.paidNet = (state.paidNet - parts.paid) as Nanos;
  state.charged[usage.service] = (state.charged[usage.service] + usage.charge) as Nanos;
  countCharge(effects, usage, usage.charge, 1);
  countRuntime(effects, pins, usage, usage.durationMs);
  coverStretch(state, pins, usage, covered, effects);
  chargeStretch(state, pins, usage, usage.charge, effects);
  judgeRewards(state, pins, before, effects);
  return parts;
}
