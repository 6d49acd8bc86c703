const rfc3339 =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,18}))?(?:([Zz])|([+-])(\d{2}):(\d{2}))$/;

const MINUTE_MS = 60_000;
/** Before it there is no year that the database and the answers can write. */
export const FIRST_MS = Date.parse("0001-01-01T00:00:00.000Z");
const LAST_MS = Date.parse("9999-12-31T23:59:59.999Z");

/**
 * Reads an RFC 3339 time with an offset; digits below a millisecond are dropped.
 * @returns milliseconds since 1970, or null when it is not such a time, not on the calendar, or outside the years
 * 0001 to 9999 in UTC, which is what the database and the answers can write.
 */
export function readInstant(value: unknown): number | null {
  if (typeof value !== "string" || value.length > 48) return null;
  const written = isWritten(value) ? readWritten(value) : null;
  if (written !== null) return written;
  const match = rfc3339.exec(value);
  if (!match) return null;
  const part = (group: number) => Number(match[group] ?? "0");
  const [year, month, day, hour, minute, second] = [part(1), part(2), part(3), part(4), part(5), part(6)];
  if (hour > 23 || minute > 59 || second > 59 || part(10) > 23 || part(11) > 59) return null;
  const milliseconds = Number((match[7] ?? "").slice(0, 3).padEnd(3, "0"));
  const local = new Date(0);
  local.setUTCFullYear(year, month - 1, day);
  local.setUTCHours(hour, minute, second, milliseconds);
  if (local.getUTCMonth() !== month - 1 || local.getUTCDate() !== day) return null;
  const offsetMs = (part(10) * 60 + part(11)) * MINUTE_MS;
  const at = local.getTime() - (match[9] === "-" ? -offsetMs : offsetMs);
  return at >= FIRST_MS && at <= LAST_MS ? at : null;
}

/** Whether it has the shape that `toISOString` writes, from the year 1000 on: nearly every time that is sent. */
const isWritten = (text: string): boolean =>
  text.length === 24 &&
  text[0] !== "0" &&
  text[4] === "-" &&
  text[7] === "-" &&
  text[10] === "T" &&
  text[13] === ":" &&
  text[16] === ":" &&
  text[19] === "." &&
  text[23] === "Z";

/** Reads what has that shape without the pattern, which takes ten times as long; null where that has to decide. */
function readWritten(text: string): number | null {
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 7);
  const day = digits(text, 8, 10);
  const hour = digits(text, 11, 13);
  const minute = digits(text, 14, 16);
  const second = digits(text, 17, 19);
  const millisecond = digits(text, 20, 23);
  const isOnClock = hour <= 23 && minute <= 59 && second <= 59 && millisecond >= 0 && year >= 1_000;
  const isOnCalendar = month >= 1 && month <= 12 && day >= 1 && (day <= 28 || day <= daysIn(year, month));
  if (!isOnClock || !isOnCalendar) return null;
  return Date.UTC(year, month - 1, day, hour, minute, second, millisecond);
}

const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** The number that the characters from `start` to before `end` write; NaN where one is no digit. */
function digits(text: string, start: number, end: number): number {
  let number = 0;
  for (let place = start; place < end; place += 1) {
    const digit = text.charCodeAt(place) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    number = number * 10 + digit;
  }
  return number;
}
