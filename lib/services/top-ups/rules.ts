import { NANOS_PER_DOLLAR, type Nanos, nanos } from "@/lib/money/nanos";

const dollars = (count: bigint): Nanos => nanos(count * NANOS_PER_DOLLAR);

/** Between one attempt and the next. */
export const ATTEMPT_EVERY_MS = 3_600_000;
/** Attempts in a row that came to nothing, after which no more are made. */
export const FAILURES_MAX = 3;
/** How long somebody has to confirm a payment that their bank asks about. */
export const CONFIRM_WITHIN_MS = 86_400_000;
/** How long a charge whose answer was lost may be asked again: providers remember its key for a day. */
export const ASK_AGAIN_WITHIN_MS = 72_000_000;
/** How long who looks after a top-up has for it, before another may. */
export const CLAIM_MS = 60_000;
/** How often the provider is asked about one that is on its way, should it never tell. */
export const LOOK_EVERY_MS = 600_000;

/** The least that is charged. */
export const TOP_UP_MIN = dollars(5n);
/** The most that is charged at once, and the highest credit to be brought up to. */
export const TOP_UP_MAX = dollars(5_000n);
export const THRESHOLD_MIN = dollars(1n);
export const MONTH_MAX = dollars(100_000n);
