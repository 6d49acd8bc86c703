import type { Nanos } from "@/lib/money/nanos";
import type { AccountPins, AccountState } from "./account";
import { coverStretch, type Effects, type Stretch } from "./effects";

/** One event's part of the account's line: what it drew from *paid*. */
export interface LineStretch extends Stretch {
  drawn: Nanos;
}

/**
 * What a deposit newly covers. Money covers the line from the front, so of the stretches at its end, newest first,
 * the last `arrears` are uncovered; `amount` more covers the oldest of those first.
 * @param newestFirst at least as many of the newest stretches as add up to `arrears`.
 * @returns the stretches passed by the edge, oldest first, each with the part newly covered.
 */
export function stretchesCovered<T extends { drawn: Nanos }>(
  newestFirst: readonly T[],
  arrears: Nanos,
  amount: Nanos,
): { stretch: T; covered: Nanos }[] {
  const uncovered: { stretch: T; open: bigint }[] = [];
  let behind = 0n;
  for (const stretch of newestFirst) {
    if (behind >= arrears) break;
    const open = arrears - behind < stretch.drawn ? arrears - behind : stretch.drawn;
    if (open > 0n) uncovered.push({ stretch, open });
    behind += stretch.drawn;
  }
  if (behind < arrears) throw new RangeError(`The line given is shorter than its arrears of ${arrears} nano-dollars`);
  const passed: { stretch: T; covered: Nanos }[] = [];
  let left: bigint = amount;
  for (const { stretch, open } of uncovered.reverse()) {
    if (left === 0n) break;
    const covered = open < left ? open : left;
    passed.push({ stretch, covered: covered as Nanos });
    left -= covered;
  }
  return passed;
}

/**
 * Money has come in over `arrears`: what it settles becomes paid spend. Changes `state` (not its balances, which the
 * deposit itself moves) and `effects`.
 */
export function settleArrears(
  state: AccountState,
  pins: AccountPins,
  money: { arrears: Nanos; amount: Nanos },
  newestFirst: readonly LineStretch[],
  effects: Effects,
): void {
  for (const { stretch, covered } of stretchesCovered(newestFirst, money.arrears, money.amount)) {
    coverStretch(state, pins, stretch, covered, effects);
  }
}
