import { dollarsExact } from "@/lib/money/format";
import { fromCents, type OddsTier } from "@/lib/programs/odds";

/** "$5.00", "$5.01 to $10.00": the amounts of a tier. */
export function tierText([, minCents, maxCents]: OddsTier): string {
  const least = dollarsExact(fromCents(minCents));
  return minCents === maxCents ? least : `${least} to ${dollarsExact(fromCents(maxCents))}`;
}
