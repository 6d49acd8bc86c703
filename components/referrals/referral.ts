import type { ShownCondition } from "@/lib/programs/checklist-text";

/** How far a referral has come. */
export type ReferralStage = "signed_up" | "spending" | "qualified" | "void";

export interface ReferralWindow {
  /** ISO 8601, end excluded; null for as long as the referred account lives. */
  end: string | null;
  isOver: boolean;
}

/** Its commission waits for an operator, or was refused: then it is nothing. */
export interface ReferralHold {
  state: "held" | "refused";
  /** What made it look like one person. */
  reason: string;
}

export type ReferralBonus =
  /** `trigger`: what makes it due, exact decimal dollars of `counted`: "paid spend", "deposits". */
  | { state: "locked"; trigger: string; counted: string }
  /** `reason`: why it is held or waits in the queue. */
  | { state: "due" | "held" | "queued" | "bound"; reason: string | null }
  /** `amount`: exact decimal dollars. `drawnAt`: ISO 8601. */
  | { state: "drawn"; amount: string; drawnAt: string }
  | { state: "taken_back"; amount: string; drawnAt: string; review: "held" | "refused" | null }
  /** The referral is void, the account was a customer before, or the terms give none. */
  | { state: "none"; reason: "void" | "imported" | "sign_in_method" | "terms" };

/** The services a referrer can earn on, and what each is called. */
export const serviceLabels = { pod: "Pods", serverless: "Serverless", storage: "Storage" } as const;

/** `rate`: "3%". */
export interface ServiceRate {
  service: keyof typeof serviceLabels;
  rate: string;
}

export interface ShownReferral {
  /** Also its draw's. */
  id: string;
  /** ISO 8601 */
  signedUpAt: string;
  stage: ReferralStage;
  /** Why it does not count; null where it does. */
  voidReason: string | null;
  hold: ReferralHold | null;
  /** Exact decimal dollars. */
  earned: readonly (ServiceRate & { amount: string })[];
  earnedTotal: string;
  window: ReferralWindow;
  bonus: ReferralBonus;
}

/** What a pair is thought to have earned by the end of its window. Exact decimal dollars; `madeAt`: ISO 8601. */
export interface ShownForecast {
  low: string;
  middle: string;
  high: string;
  madeAt: string;
}

/** What one side of a pair is told of its conditions. */
export interface PairChecklist {
  program: string;
  /** Of the terms the pair is pinned to. */
  version: string;
  conditions: readonly ShownCondition[];
  milestone: ShownMilestone | null;
}

/** A reward both sides get once. Exact decimal dollars. */
export interface ShownMilestone {
  version: string;
  amount: string;
  trigger: string;
  /** What counts towards it: "paid spend on serverless", "deposits". */
  counted: string;
  /** How far it is; null for the referrer, whose it is not to know. */
  progress: string | null;
  conditions: readonly ShownCondition[];
}
