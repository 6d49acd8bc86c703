import { NANOS_PER_CENT } from "@/lib/money/nanos";
import { ODDS_WEIGHT_TOTAL, type Odds } from "./odds";
import { type Bonus, fixedAmount } from "./terms";

/**
 * The odds that a beneficiary of a region is drawn by. A fixed bonus is a draw with one outcome, so that it is reviewed,
 * kept within the budget, bound and proven like any other.
 */
export function bonusOdds(bonus: Bonus, region: string | null): Odds {
  if (bonus.kind === "draw") return bonus.odds;
  const cents = Number(fixedAmount(bonus, region) / NANOS_PER_CENT);
  return { tiers: [[ODDS_WEIGHT_TOTAL, cents, cents]], v: 1 };
}

/** Every region that a bonus names, and null for all others; null alone where it makes no difference. */
export const bonusRegions = (bonus: Bonus): (string | null)[] =>
  bonus.kind === "draw" ? [null] : [null, ...Object.keys(bonus.byRegion).sort()];
