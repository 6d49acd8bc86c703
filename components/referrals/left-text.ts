const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** What is left of a window, cut off to its last shown unit: "12 days 3 h 5 min", "59 min 3 s", "over". */
export function leftText(leftMs: number): string {
  if (leftMs <= 0) return "over";
  const days = Math.floor(leftMs / DAY_MS);
  const hours = Math.floor((leftMs % DAY_MS) / HOUR_MS);
  const minutes = Math.floor((leftMs % HOUR_MS) / MINUTE_MS);
  if (days > 0) return `${counted(days, "day")} ${hours} h ${minutes} min`;
  if (hours > 0) return `${hours} h ${minutes} min`;
  return `${minutes} min ${Math.floor((leftMs % MINUTE_MS) / 1_000)} s`;
}

/** When the text says something else, from now. */
export const changesInMs = (leftMs: number): number => {
  const unit = leftMs > HOUR_MS ? MINUTE_MS : 1_000;
  return leftMs % unit || unit;
};
