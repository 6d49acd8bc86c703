import type { BonusState } from "@/components/bonus-state";

/** An account's new-account bonus as these screens show it. */
export interface BonusShown {
  drawId: string;
  state: BonusState;
  /** Why there is none, or why it is looked at. */
  reason: string | null;
  /** Exact decimal dollars; `progress` stops at the trigger. */
  progress: string;
  trigger: string;
  /** What counts towards it: paid spend, or deposits. */
  triggerKind: "spend" | "load";
  amount: string | null;
  /** 64 hex digits, once it is drawn. */
  randomness: string | null;
  /** ISO 8601 */
  drawnAt: string | null;
  counts: readonly string[];
  doesNotCount: readonly string[];
}
