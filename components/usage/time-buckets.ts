import { instantText } from "@/components/instant-text";
import type { UsagePeriod } from "./usage-view";

export type TimeBucket = "hour" | "day" | "week" | "month";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const dayMs = (day: string): number => Date.parse(`${day}T00:00:00.000Z`);
const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** When a period begins and ends, end excluded, and the beginning of the one of the same length before it. */
export interface Span {
  before: Date;
  from: Date;
  to: Date;
}

/** Usage may be dated up to an hour ahead: what runs up to today includes that, but nothing of tomorrow. */
export function spanOf(period: UsagePeriod, nowMs: number): Span {
  const span = (from: number, to: number, length = to - from): Span => ({
    before: new Date(from - length),
    from: new Date(from),
    to: new Date(to),
  });
  switch (period.kind) {
    case "hour": {
      const from = Date.parse(`${period.hour}:00:00.000Z`);
      return span(from, from + HOUR_MS);
    }
    case "range":
      return span(dayMs(period.from), dayMs(period.to) + DAY_MS);
    case "days": {
      const today = dayMs(dayOf(nowMs));
      const to = Math.min(nowMs + HOUR_MS, today + DAY_MS);
      return span(today - (period.days - 1) * DAY_MS, to, period.days * DAY_MS);
    }
  }
}

/** How many whole or begun UTC days a span touches. */
const daysIn = ({ from, to }: Span): number => Math.ceil((to.getTime() - from.getTime()) / DAY_MS);

/** So few bars that each can be told from the next, and so many that there is something to compare. */
export function bucketFor(span: Span): TimeBucket {
  const days = daysIn(span);
  if (days <= 2) return "hour";
  if (days <= 92) return "day";
  return days <= 400 ? "week" : "month";
}

/** The most buckets that are drawn: two years of weeks. */
const STARTS_MAX = 120;

/** The beginnings of a span's buckets, oldest first, as ISO 8601; the first one is the span's own. */
export function startsOf(span: Span, bucket: TimeBucket): string[] {
  const starts: string[] = [];
  for (let at = span.from; at < span.to && starts.length < STARTS_MAX; at = nextStart(at, bucket)) {
    starts.push(at.toISOString());
  }
  return starts;
}

/** Weeks begin on Mondays, months on their first. */
function nextStart(at: Date, bucket: TimeBucket): Date {
  const next = new Date(at);
  if (bucket === "hour") next.setUTCHours(next.getUTCHours() + 1);
  else if (bucket === "day") next.setUTCDate(next.getUTCDate() + 1);
  else if (bucket === "week") next.setUTCDate(next.getUTCDate() + 7 - ((next.getUTCDay() + 6) % 7));
  else next.setUTCMonth(next.getUTCMonth() + 1, 1);
  return next;
}

/** The period that a bucket opens to: an hour's events, a day's hours, the days of a week or a month. */
export function opened(start: string, bucket: TimeBucket, span: Span): UsagePeriod {
  if (bucket === "hour") return { kind: "hour", hour: start.slice(0, 13) };
  const next = nextStart(new Date(start), bucket).getTime();
  const last = Math.min(next, Math.max(span.to.getTime(), Date.parse(start) + 1)) - 1;
  return { kind: "range", from: start.slice(0, 10), to: dayOf(last) };
}

/** "last 30 days", "21 Nov 2026", "1 Nov 2026 to 30 Nov 2026": a period as it stands in a sentence. */
export function periodText(period: UsagePeriod): string {
  switch (period.kind) {
    case "days":
      return period.days === 1 ? "today" : `last ${period.days} days`;
    case "hour":
      return `${instantText(`${period.hour}:00:00.000Z`, "minute")}, one hour`;
    case "range": {
      const from = instantText(period.from, "day");
      return period.from === period.to ? from : `${from} to ${instantText(period.to, "day")}`;
    }
  }
}

/** "the 30 days before": what a period is compared with. */
export function beforeText(period: UsagePeriod): string {
  if (period.kind === "hour") return "the hour before";
  const days = period.kind === "days" ? period.days : Math.round((dayMs(period.to) - dayMs(period.from)) / DAY_MS) + 1;
  return days === 1 ? "the day before" : `the ${days} days before`;
}
