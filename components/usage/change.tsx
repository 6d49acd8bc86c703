import { moneyText } from "@/components/money-text";
import { parseAmount } from "@/lib/money/parse";

/** Whole percents from one amount to another, both decimal dollars; null where there is nothing to compare with. */
export function changePercent(before: string, now: string): number | null {
  const [from, to] = [parseAmount(before), parseAmount(now)];
  if (!from.ok || !to.ok || from.nanos === 0n) return null;
  // Rounded half up in whole numbers, before it becomes a number to write.
  return Number((200n * to.nanos + from.nanos) / (2n * from.nanos) - 100n);
}

/** "+12% on the 30 days before", in words that need no colour. @param than "the 30 days before" */
export function Change({ before, now, than: period }: { before: string; now: string; than: string }) {
  const percent = changePercent(before, now);
  if (percent === null) return <>{now === "0" ? `Nothing in ${period} either.` : `Nothing in ${period}.`}</>;
  const sign = percent > 0 ? "+" : percent < 0 ? "−" : "±";
  return (
    <>
      {sign}
      {Math.abs(percent).toLocaleString("en-US")}% on {period}, {moneyText(before).floored}.
    </>
  );
}
