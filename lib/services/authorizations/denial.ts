import type { Nanos } from "@/lib/money/nanos";

export const denialReasons = ["no_payment_method", "insufficient_balance", "account_held", "spend_cap"] as const;

/** Why work may not start, or not go on. */
export interface Denial {
  reason: (typeof denialReasons)[number];
  /** What is so, and what to do. */
  detail: string;
  /** With `insufficient_balance`: the least that must be paid in. */
  missing?: Nanos;
}
