import type { Nanos } from "@/lib/money/nanos";

const HOUR_MS = 3_600_000n;
const DAY_MS = 24n * HOUR_MS;
const WEEK_MS = 7n * DAY_MS;
/** A pace of less than this would be read off a moment. */
const SPAN_MS_MIN = 10_000n;
/** Paces are far apart where one makes credit last more than half as long again as another. */
const APART = { shortest: 2n, longest: 3n };

/** How fast credit is used: what was charged over so long. Both above zero. */
export interface Pace {
  over: "hour" | "day" | "week";
  charged: Nanos;
  ms: bigint;
}

/** What is known of an account's use, of which its paces are made. */
export interface RecentUse {
  nowMs: number;
  /** The account's beginning: before it there was nothing to use. */
  sinceMs: number;
  /** Usage that ended within the last hour, and when the first of it began; null where nothing did. */
  lastHour: { charged: Nanos; firstStartMs: number } | null;
  /** Charges of the last eight UTC days, oldest first, today last. */
  days: readonly Nanos[];
}

/**
 * The paces an account's credit is used at: of the last hour, where something ran, over as long as it ran; of the last
 * 24 hours and the last seven days, read off the days, of which the one that was only partly within counts in part.
 * An account younger than that is judged by its whole life, taken for an hour at least. @returns the latest first, without those of no charge.
 */
export function pacesOf({ nowMs, sinceMs, lastHour, days }: RecentUse): Pace[] {
  // Usage may be older than its account, where that was imported.
  const age = atLeast(BigInt(nowMs - Math.min(sinceMs, lastHour?.firstStartMs ?? sinceMs)), HOUR_MS);
  const intoDay = BigInt(nowMs) % DAY_MS;
  const back = (count: number) => days.at(-1 - count) ?? 0n;
  /** The rest of a day whose beginning lies before the span. */
  const partly = (count: number) => (back(count) * (DAY_MS - intoDay)) / DAY_MS;
  let week = partly(7);
  for (let count = 0; count < 7; count += 1) week += back(count);
  const paces: Pace[] = [
    ...(lastHour
      ? [
          {
            over: "hour" as const,
            charged: lastHour.charged,
            ms: atLeast(BigInt(nowMs - lastHour.firstStartMs), SPAN_MS_MIN),
          },
        ]
      : []),
    // Of a life shorter than the span before, a longer one says nothing new.
    ...(age > HOUR_MS || lastHour === null
      ? [{ over: "day" as const, charged: (back(0) + partly(1)) as Nanos, ms: atMost(DAY_MS, age) }]
      : []),
    ...(age > DAY_MS ? [{ over: "week" as const, charged: week as Nanos, ms: atMost(WEEK_MS, age) }] : []),
  ];
  return paces.filter(({ charged }) => charged > 0n);
}

/** How long an amount lasts at a pace, in milliseconds, rounded down. */
export const lastsMs = (amount: Nanos, { charged, ms }: Pace): bigint => (amount * ms) / charged;

/** How long something lasts or takes at one pace, in milliseconds. */
export interface Length {
  over: Pace["over"];
  ms: bigint;
}

export interface Runway {
  /** The one it is told by: see `runwayOf`. */
  told: Length;
  /** The least and the most that any of the paces gives. */
  shortest: Length;
  longest: Length;
  /** Whether these are so far apart that neither can stand for both. */
  isApart: boolean;
}

/**
 * How long credit lasts if it is used as it was; null where nothing was used, so that there is no pace. It is told by
 * the latest pace, and where the paces are far apart by the fastest: who is told too much runs dry, and a cent of
 * storage today says little of a week of work.
 * @param paces the latest first
 */
export function runwayOf(available: Nanos, paces: readonly Pace[]): Runway | null {
  const [latest, ...earlier] = paces.map((pace): Length => ({ over: pace.over, ms: lastsMs(available, pace) }));
  if (!latest) return null;
  const shortest = earlier.reduce((least, each) => (each.ms < least.ms ? each : least), latest);
  const longest = earlier.reduce((most, each) => (each.ms > most.ms ? each : most), latest);
  const isApart = longest.ms * APART.shortest > shortest.ms * APART.longest;
  return { told: isApart ? shortest : latest, shortest, longest, isApart };
}

/** When the bar to a bonus is full. */
export type Reach =
  /** In so long, at the latest pace. */
  | { kind: "at_pace"; length: Length }
  /** The paces are far apart: in so long at the earliest, and at the latest. To name one would promise it. */
  | { kind: "between"; shortest: Length; longest: Length }
  /** The prepaid credit ends before: so much more has to be paid in. */
  | { kind: "short"; short: Nanos }
  /** Nothing is used, so there is no pace. */
  | { kind: "idle" }
  | { kind: "reached" };

/**
 * Forecasts when paid spend reaches a trigger.
 * @param missing paid spend that is still to come
 * @param before credit that pays before prepaid credit does: its use moves no bar
 * @param paid prepaid credit; zero in arrears
 * @param paces the latest first
 */
export function reachOf({
  missing,
  before,
  paid,
  paces,
}: {
  missing: Nanos;
  before: Nanos;
  paid: Nanos;
  paces: readonly Pace[];
}): Reach {
  if (missing <= 0n) return { kind: "reached" };
  if (paid < missing) return { kind: "short", short: (missing - paid) as Nanos };
  const runway = runwayOf((before + missing) as Nanos, paces);
  if (runway === null) return { kind: "idle" };
  const { told, shortest, longest, isApart } = runway;
  return isApart ? { kind: "between", shortest, longest } : { kind: "at_pace", length: told };
}

const atMost = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const atLeast = (a: bigint, b: bigint): bigint => (a > b ? a : b);
