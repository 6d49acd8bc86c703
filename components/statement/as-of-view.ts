import { readDay } from "./statement-view";

/** Which instant is asked for, as the address and the form have it. */
export interface AsOfView {
  /** YYYY-MM-DD */
  day: string;
  /** HH:MM or HH:MM:SS, UTC; empty for the end of the day. */
  time: string;
  /** The first instant that does not count any more; null where none is asked for, or wrongly. */
  before: Date | null;
  errors: { day?: string; time?: string };
}

type Search = Readonly<Record<string, string | string[] | undefined>>;

const DAY_MS = 86_400_000;
const TIME = /^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,3})?)?$/;

const one = (value: string | string[] | undefined): string =>
  ((Array.isArray(value) ? value[0] : value) ?? "").trim().slice(0, 32);

/** Reads the address. @param now what has not begun cannot be asked for. */
export function readAsOfView(search: Search, now: Date): AsOfView {
  const [day, time] = [one(search.day), one(search.time)];
  const asked = { day, time, before: null };
  if (day === "") return { ...asked, errors: time === "" ? {} : { day: "Choose the day of that time." } };
  const midnight = readDay(day);
  if (!midnight) return { ...asked, errors: { day: "Write a day as year-month-day: 2026-05-03." } };
  if (midnight > now) return { ...asked, errors: { day: "This day is still to come: choose an earlier one." } };
  if (time === "") return { ...asked, before: new Date(midnight.getTime() + DAY_MS), errors: {} };
  if (!TIME.test(time)) return { ...asked, errors: { time: "Write a time of day in UTC: 14:30 or 14:30:05." } };
  // What was posted in the last millisecond of what was typed counts: 14:30 is the whole of that instant, not of that minute.
  return { ...asked, before: new Date(Date.parse(`${day}T${time}Z`) + 1), errors: {} };
}
