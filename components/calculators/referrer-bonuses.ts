import { dollarsFloored } from "@/lib/money/format";
import { type Nanos, nanos } from "@/lib/money/nanos";

/** What the terms give a referrer for each referral that qualifies. */
export interface ReferrerBonus {
  /** The expected value of its odds. */
  mean: Nanos;
  /** Otherwise it is always `mean`. */
  isDrawn: boolean;
  /** Whether more than half of all draws are below `mean`. */
  isMostlyBelowMean: boolean;
  /** The most bonuses one referrer gets; null for no limit. */
  countMax: number | null;
}

/** What the bonuses for so many people who qualify come to, in whole cents, cut off; of a draw only on average. */
export function bonusesText({ mean, isDrawn, countMax }: ReferrerBonus, people: bigint): string {
  const count = countMax !== null && BigInt(countMax) < people ? BigInt(countMax) : people;
  const [sum, each] = [nanos(mean * count), mean].map(dollarsFloored);
  const from = count < people ? `for the first ${count} who qualify` : "for each who qualifies";
  return isDrawn ? `+ about ${sum} in bonuses: on average ${each} ${from}` : `+ ${sum} in bonuses: ${each} ${from}`;
}
