import { NANOS_PER_DOLLAR, type Nanos, nanos } from "@/lib/money/nanos";

const dollars = (count: bigint): Nanos => nanos(count * NANOS_PER_DOLLAR);

/** The least and the most that one checkout may ask for. */
export const CHECKOUT_MIN = dollars(5n);
export const CHECKOUT_MAX = dollars(5_000n);

/** What the funds page offers to choose from. */
export const CHECKOUT_PRESETS: readonly Nanos[] = [10n, 25n, 50n, 100n].map(dollars);
