import type { DrawStep } from "@/lib/programs/draw";
import type { Odds } from "@/lib/programs/odds";

/** A draw as these screens show it. Amounts in exact decimal dollars, times in ISO 8601. */
export interface DrawShown {
  drawId: string;
  side: "own" | "referrer";
  state: "due" | "held" | "queued" | "bound" | "drawn";
  heldReason: string | null;
  isTakenBack: boolean;
  dueAt: string;
  boundAt: string | null;
  drawnAt: string | null;
  referredAt: string | null;
  program: string;
  termsVersion: string;
  bound: RoundShown | null;
  /** 64 hex digits, once the round is out. */
  randomness: string | null;
  signature: string | null;
  amount: string | null;
  odds: { odds: Odds; canonical: string; hash: string } | null;
  proof: ProofShown | null;
}

export interface RoundShown {
  beacon: "local" | "drand";
  round: string;
  at: string;
  anchor: string | null;
}

export interface ProofShown {
  agrees: boolean;
  problem: string | null;
  /** What is wrong with the round and the randomness as the beacon's; null when nothing is. */
  beaconProblem: string | null;
  /** Counted from 1. */
  tier: number | null;
  steps: readonly DrawStep[];
}
