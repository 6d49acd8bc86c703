import { hexToBytes } from "@noble/hashes/utils.js";
import type { Nanos } from "@/lib/money/nanos";
import { beaconProblem, type RoundEvidence } from "@/lib/programs/beacon-proof";
import { type DrawStep, verifyDraw } from "@/lib/programs/draw";
import { type Odds, oddsHash } from "@/lib/programs/odds";

export interface DrawToProve {
  drawId: string;
  odds: Odds;
  amount: Nanos;
  /** Where its randomness comes from. */
  round: RoundEvidence;
}

/** A draw calculated again from its published data alone. */
export interface DrawProof {
  /** Whether the stored amount is what the calculation gives. */
  agrees: boolean;
  /** What does not agree; null when everything does. */
  problem: string | null;
  /** What is wrong with the round, its times, and the randomness as the beacon's; null when nothing is. */
  beaconProblem: string | null;
  /** Counted from 1, as the odds are listed. */
  tier: number | null;
  steps: DrawStep[];
}

/** A proof far down a chain takes thousands of hashes, and live screens ask for the same one again and again. */
const KEPT_MAX = 1_000;
const kept = new Map<string, DrawProof>();

/**
 * What is shown as checked was checked by the same functions anyone may run. The same data gives the same proof, so
 * it is calculated once; data that changed is calculated anew.
 */
export function proveDraw(draw: DrawToProve): DrawProof {
  const { drawId, odds, amount, round } = draw;
  const key = JSON.stringify([drawId, odds, String(amount), round]);
  const known = kept.get(key);
  if (known) return known;
  const proof = calculate(draw);
  const [oldest] = kept.keys();
  if (kept.size >= KEPT_MAX && oldest !== undefined) kept.delete(oldest);
  kept.set(key, proof);
  return proof;
}

function calculate({ drawId, odds, amount, round }: DrawToProve): DrawProof {
  const ofBeacon = beaconProblem(round);
  const bytes = /^[0-9a-f]{64}$/.test(round.randomness) ? hexToBytes(round.randomness) : new Uint8Array();
  const verified = verifyDraw({ drawId, odds, oddsHash: oddsHash(odds), randomness: bytes, amount });
  if (!verified.ok) {
    return { agrees: false, problem: verified.message, beaconProblem: ofBeacon, tier: null, steps: [] };
  }
  const { tier, steps } = verified.draw;
  return { agrees: true, problem: null, beaconProblem: ofBeacon, tier, steps };
}
