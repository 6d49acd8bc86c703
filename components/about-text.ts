const MINUTE_MS = 60_000n;
const HOUR_MS = 60n * MINUTE_MS;
const DAY_MS = 24n * HOUR_MS;
const MONTH_MS = 30n * DAY_MS;
const YEAR_MS = 365n * DAY_MS;

/** Each unit, from where on it is told in it: small enough that a step of it is small. */
const units = [
  { from: 3n * YEAR_MS, ms: YEAR_MS, word: "year" },
  { from: 90n * DAY_MS, ms: MONTH_MS, word: "month" },
  { from: 3n * DAY_MS, ms: DAY_MS, word: "day" },
  { from: 3n * HOUR_MS, ms: HOUR_MS, word: "hour" },
  { from: MINUTE_MS, ms: MINUTE_MS, word: "minute" },
] as const;

/** The longest that is told. */
const LONG_MS = 10n * YEAR_MS;

/** A forecast's length as people say it, rounded down: "29 hours", "6 days"; of what is far, only that it is. */
export function roundText(ms: string | bigint): string {
  const length = BigInt(ms);
  if (length >= LONG_MS) return "more than ten years";
  const unit = units.find(({ from }) => length >= from);
  if (!unit) return "less than a minute";
  const count = length / unit.ms;
  return `${count} ${unit.word}${count === 1n ? "" : "s"}`;
}

/** The same within a sentence: "about 29 hours", but only "more than ten years". */
export function aboutText(ms: string | bigint): string {
  const text = roundText(ms);
  return /^[0-9]/.test(text) ? `about ${text}` : text;
}
