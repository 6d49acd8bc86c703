/** A pace of use and what it means for what is there. Exact decimal dollars, whole milliseconds. */
export interface ShownPace {
  over: "hour" | "day" | "week";
  charged: string;
  /** How long the charge took. */
  ms: string;
  perDay: string;
  lastsMs: string;
}

/** The range of how long credit lasts, in whole milliseconds. */
export interface ShownLasting {
  ms: string;
  shortestMs: string;
  longestMs: string;
}

/** When the bar to a bonus is full, if it goes on as it went. */
export type ShownReach =
  | { kind: "at_pace"; ms: string }
  /** So much more has to be paid in, decimal dollars. */
  | { kind: "short"; short: string }
  | { kind: "idle" | "reached" };

/** Whose pace it is, as it stands in a sentence. */
export const paceWords = { hour: "of the last hour", day: "of the last 24 hours", week: "of the last 7 days" } as const;
