import type { CommissionProgram, ServiceName } from "./rules";

export interface ModelUsage {
  /** What makes it the same event. */
  key: string;
  subject: string;
  endedAtMs: number;
  service: ServiceName;
  charge: bigint;
  durationMs: bigint;
  template: string | null;
}

export interface ModelSignUp {
  name: string;
  email: string | null;
  signedUpAtMs: number;
  newAccount: boolean;
  referrer: string | null;
}

export type ReversalReason = "refund" | "chargeback" | "dispute_won";

/** Something that happened and counted: no duplicates, nothing refused. In the order in which it was recorded. */
export type Happening = { atMs: number } & (
  | { kind: "opened"; account: ModelSignUp }
  | { kind: "usage"; usage: ModelUsage }
  | { kind: "void"; key: string; subject: string; voids: string }
  | { kind: "deposit"; account: string; reference: string; amount: bigint }
  | { kind: "reversal"; deposit: string; amount: bigint; reason: ReversalReason }
  | { kind: "grant"; account: string; bucket: "promo" | "earned"; amount: bigint; expiresAtMs: number | null }
  | { kind: "template"; template: string; creator: string }
  | { kind: "enrolled"; account: string; program: CommissionProgram | "serverless-referral-beta" }
  | { kind: "applied"; account: string }
  | { kind: "decided"; account: string; accept: boolean }
  | { kind: "swept" }
  /** Chance has spoken: the result of the draw that this account's paid spend made due, its own or its referrer's. */
  | { kind: "drawn"; trigger: string; side: DrawSide; amount: bigint }
);

export type DrawSide = "new-account" | "referral";
