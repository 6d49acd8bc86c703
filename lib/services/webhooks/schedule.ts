const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** How long after each failed attempt the next one comes: ten attempts over three days and a few hours. */
export const retryWaitsMs: readonly number[] = [
  5 * SECOND_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  14 * HOUR_MS,
  20 * HOUR_MS,
  24 * HOUR_MS,
];

/** When to try again after this many attempts that failed; null when that was the last. */
export function nextAttempt(tries: number, at: Date): Date | null {
  const wait = retryWaitsMs[tries - 1];
  return wait === undefined ? null : new Date(at.getTime() + wait);
}
