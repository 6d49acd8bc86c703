import { instantText } from "@/components/instant-text";
import { amountText } from "@/lib/money/format";
import { nanos } from "@/lib/money/nanos";
import { parseAmount } from "@/lib/money/parse";

/** What one bar stands for. */
export type Bucket = "hour" | "day" | "week" | "month";

const DAYS_DRAWN_MAX = 92;
const WEEKS_DRAWN_MAX = 105;

/** What the bars of so many days stand for: single days as long as they can be told apart, then weeks, then months. */
export function bucketOfDays(days: number): Bucket {
  if (days <= DAYS_DRAWN_MAX) return "day";
  return days <= WEEKS_DRAWN_MAX * 7 ? "week" : "month";
}

/** The day a bucket begins: Mondays, and the first of months. */
export function bucketStart(day: string, bucket: Bucket): string {
  if (bucket === "month") return `${day.slice(0, 7)}-01`;
  if (bucket !== "week") return day;
  const date = new Date(`${day}T00:00:00.000Z`);
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  return date.toISOString().slice(0, 10);
}

/** Days, oldest first, gathered into buckets by `add`. A bucket's own start is the first of its days that is there. */
export function gathered<T extends { start: string }>(
  days: readonly T[],
  bucket: Bucket,
  add: (sum: T, day: T) => T,
): T[] {
  if (bucket === "hour" || bucket === "day") return [...days];
  const bars: T[] = [];
  let open = "";
  for (const day of days) {
    const start = bucketStart(day.start, bucket);
    const last = bars.at(-1);
    if (last && start === open) bars[bars.length - 1] = add(last, day);
    else bars.push(day);
    open = start;
  }
  return bars;
}

/** The sum of two exact amounts, decimal dollars. @throws Error for what is no amount: they are written by us. */
export function addAmounts(a: string, b: string): string {
  const [left, right] = [parseAmount(a), parseAmount(b)];
  if (!left.ok || !right.ok) throw new Error(`${a} and ${b} are not both amounts`);
  return amountText(nanos(left.nanos + right.nanos));
}

/** Below an axis, as short as can be: "10:00", "21 Nov", "Nov 2026". @param start ISO 8601, or a day alone */
export function axisLabel(start: string, bucket: Bucket): string {
  if (bucket === "hour") return start.slice(11, 16);
  const [day, month, year] = instantText(start, "day").split(" ");
  return bucket === "month" ? `${month} ${year}` : `${day} ${month}`;
}

/** What a bar stands for, whole: "21 Nov 2026, 10:00 UTC", "week of 16 Nov 2026", "Nov 2026". */
export function bucketText(start: string, bucket: Bucket): string {
  if (bucket === "hour") return instantText(start, "minute");
  if (bucket === "month") return axisLabel(start, bucket);
  return bucket === "week" ? `week of ${instantText(start, "day")}` : instantText(start, "day");
}
