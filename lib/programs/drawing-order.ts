import type { Nanos } from "@/lib/money/nanos";
import type { Buckets } from "./account";

/** What an event drew from each bucket; the parts sum to its charge. `paid` includes what stands as arrears. */
export interface Parts {
  promo: Nanos;
  earned: Nanos;
  market: Nanos;
  paid: Nanos;
}

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/**
 * Which credit pays: promo, earned, market, then paid. What no bucket covers is drawn from *paid* all the same and
 * stands as arrears, for usage that happened is recorded.
 */
export function drawCharge(buckets: Readonly<Buckets>, charge: Nanos): Parts {
  let left: bigint = charge;
  const promo = least(left, buckets.promo);
  left -= promo;
  const earned = least(left, buckets.earned);
  left -= earned;
  const market = least(left, buckets.market);
  left -= market;
  return { promo: promo as Nanos, earned: earned as Nanos, market: market as Nanos, paid: left as Nanos };
}

/** How much of a draw from *paid* money already covers: the event's paid spend when it is posted. */
export function coveredNow(paidNet: Nanos, drawn: Nanos): Nanos {
  if (paidNet <= 0n) return 0n as Nanos;
  return least(paidNet, drawn) as Nanos;
}
