import { moneyText } from "@/components/money-text";

/** Whole percents from one amount to another, both decimal dollars; null where there is nothing to compare with. */
export function changePercent(before: string, now: string): number | null {
  const [from, to] = [Number(before), Number(now)];
  return from === 0 ? null : Math.round(((to - from) / from) * 100);
}

/** "+12% on the 30 days before", in words that need no colour. */
export function Change({ before, now, days }: { before: string; now: string; days: number }) {
  const percent = changePercent(before, now);
  const period = `the ${days} days before`;
  if (percent === null) return <>{now === "0" ? `Nothing in ${period} either.` : `Nothing in ${period}.`}</>;
  const sign = percent > 0 ? "+" : percent < 0 ? "−" : "±";
  return (
    <>
      {sign}
      {Math.abs(percent).toLocaleString("en-US")}% on {period}, {moneyText(before).floored}.
    </>
  );
}
