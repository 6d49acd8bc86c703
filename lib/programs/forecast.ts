import { type Accrual, accrual } from "@/lib/money/accrual";

export const WEEK_MS = 7 * 24 * 60 * 60 * 1_000;
/** How far back a forecast looks. */
export const WEEKS_SEEN_MAX = 8;
/** Below so many weeks their quietest and busiest say too little of what may come. */
export const WEEKS_FOR_RANGE = 4;

/** What a pair earned its referrer so far, and how its window lies. */
export interface PairPast {
  nowMs: number;
  /** End excluded. */
  windowEndMs: number;
  /** In all. */
  earned: Accrual;
  /** In each of the last whole weeks, at most eight; none from before the sign-up. In any order. */
  weeks: readonly Accrual[];
}

/** What a pair will have earned by the end of its window; low ≤ middle ≤ high. */
export interface PairForecast {
  low: Accrual;
  middle: Accrual;
  high: Accrual;
}

/**
 * Goes on with the average of the weeks seen, or with the quietest or the busiest of them, for all the time that is
 * left. While fewer than four weeks were seen the low end is nothing more, and the high end twice the busiest.
 * @returns null before the first whole week, while there is nothing to go by and time left.
 */
export function forecastPair({ nowMs, windowEndMs, earned, weeks }: PairPast): PairForecast | null {
  const leftMs = BigInt(Math.max(0, windowEndMs - nowMs));
  if (leftMs === 0n) return { low: earned, middle: earned, high: earned };
  if (weeks.length === 0) return null;
  const total = weeks.reduce((sum, week) => sum + week, 0n);
  const least = weeks.reduce((a, b) => (b < a ? b : a));
  const most = weeks.reduce((a, b) => (b > a ? b : a));
  const isEarly = weeks.length < WEEKS_FOR_RANGE;
  const byEnd = (perWeeks: bigint, count = 1) =>
    accrual(earned + (perWeeks * leftMs) / (BigInt(WEEK_MS) * BigInt(count)));
  return {
    low: byEnd(isEarly ? 0n : least),
    middle: byEnd(total, weeks.length),
    high: byEnd(isEarly ? most * 2n : most),
  };
}

/** How many whole weeks before the beginning of a day (UTC) lie after a sign-up: at most eight. */
export function weeksSeen(signedUpMs: number, nowMs: number): number {
  const whole = Math.floor((startOfDay(nowMs) - signedUpMs) / WEEK_MS);
  return Math.max(0, Math.min(WEEKS_SEEN_MAX, whole));
}

/**
 * Sums days into the last whole weeks, newest first; today belongs to none, for it is not over.
 * @param days UTC, "2026-11-22".
 */
export function lastWeeks(
  days: Iterable<{ day: string; earned: Accrual }>,
  { signedUpMs, nowMs }: { signedUpMs: number; nowMs: number },
): Accrual[] {
  const weeks = Array.from({ length: weeksSeen(signedUpMs, nowMs) }, () => 0n);
  const todayMs = startOfDay(nowMs);
  for (const { day, earned } of days) {
    const ageMs = todayMs - Date.parse(day);
    const index = Math.ceil(ageMs / WEEK_MS) - 1;
    const sum = weeks[index];
    if (ageMs > 0 && sum !== undefined) weeks[index] = sum + earned;
  }
  return weeks.map(accrual);
}

const startOfDay = (ms: number): number => ms - (ms % 86_400_000);

/** The Monday (UTC) of the week an instant lies in: "2026-11-16". */
export function mondayOf(at: Date): string {
  const day = startOfDay(at.getTime());
  const sinceMonday = (new Date(day).getUTCDay() + 6) % 7;
  return new Date(day - sinceMonday * 86_400_000).toISOString().slice(0, 10);
}
