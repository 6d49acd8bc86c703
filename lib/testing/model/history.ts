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
  region?: string | null;
  /** How its person signed in to make it; absent where the platform made it. */
  signedInBy?: "google" | "github" | "email";
}

export type ReversalReason = "refund" | "chargeback" | "dispute_won";

/**
 * Something that happened and counted: no duplicates, nothing refused. In the order in which it was recorded. `version`
 * is the number of the terms in force at the time, 0 when absent; `enrolledIn` that of the program enrolled in.
 */
export type Happening = { atMs: number } & (
  | { kind: "opened"; account: ModelSignUp; version?: number }
  | { kind: "usage"; usage: ModelUsage }
  | { kind: "void"; key: string; subject: string; voids: string }
  | { kind: "deposit"; account: string; reference: string; amount: bigint }
  | { kind: "reversal"; deposit: string; amount: bigint; reason: ReversalReason }
  | { kind: "grant"; account: string; bucket: "promo" | "earned"; amount: bigint; expiresAtMs: number | null }
  | { kind: "template"; template: string; creator: string; version?: number }
  | {
      kind: "enrolled";
      account: string;
      program: CommissionProgram | "serverless-referral-beta";
      enrolledIn?: number;
      version?: number;
    }
  | { kind: "applied"; account: string }
  | { kind: "decided"; account: string; accept: boolean }
  | { kind: "swept" }
  /** Chance has spoken: the result of the draw that this account made due, its own or its referrer's. */
  | { kind: "drawn"; trigger: string; side: DrawSide; amount: bigint }
);

export type DrawSide = "new-account" | "referral";
