import { parseAmount } from "@/lib/money/parse";

/**
 * How much of `whole` is `part`, 0 to 100 in hundredths, rounded down: a bar is full only when the amount is reached.
 * Both are exact decimal dollars, or any two plain numbers of one unit. Nothing of nothing is 0.
 */
export function percentOf(part: string, whole: string): number {
  const top = parseAmount(part);
  const bottom = parseAmount(whole);
  if (!top.ok || !bottom.ok || bottom.nanos <= 0n) return 0;
  const hundredths = (top.nanos * 10_000n) / bottom.nanos;
  return Number(hundredths > 10_000n ? 10_000n : hundredths) / 100;
}
