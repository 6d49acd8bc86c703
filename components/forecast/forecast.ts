/** A pace of use and what it means for what is there. Exact decimal dollars, whole milliseconds. */
export interface ShownPace {
  over: "hour" | "day" | "week";
  charged: string;
  /** How long the charge took. */
  ms: string;
  perDay: string;
  lastsMs: string;
}

/** How long something lasts or takes at one of the paces, in whole milliseconds. */
export interface ShownLength {
  over: ShownPace["over"];
  ms: string;
}

/** How long credit lasts: by the pace it is told by, and by those that give the least and the most. */
export interface ShownLasting {
  told: ShownLength;
  shortest: ShownLength;
  longest: ShownLength;
  /** Whether these are so far apart that neither can stand for both: then the shortest is told. */
  isApart: boolean;
}

/** When the bar to a bonus is full, if it goes on as it went. */
export type ShownReach =
  | { kind: "at_pace"; length: ShownLength }
  /** The paces are far apart. */
  | { kind: "between"; shortest: ShownLength; longest: ShownLength }
  /** So much more has to be paid in, decimal dollars. */
  | { kind: "short"; short: string }
  | { kind: "idle" | "reached" };

/** Over which span, as it stands in a sentence. */
export const spanWords = { hour: "the last hour", day: "the last 24 hours", week: "the last 7 days" } as const;
