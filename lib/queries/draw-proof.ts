import { hexToBytes } from "@noble/hashes/utils.js";
import type { Nanos } from "@/lib/money/nanos";
import { type DrawStep, verifyDraw } from "@/lib/programs/draw";
import { verifyLink } from "@/lib/programs/local-beacon";
import { type Odds, oddsHash } from "@/lib/programs/odds";

export interface DrawToProve {
  drawId: string;
  odds: Odds;
  /** 64 hex digits */
  randomness: string;
  amount: Nanos;
  /** The local beacon's: the end of its chain, and how many hashes lie between. */
  link: { anchor: string; distance: number } | null;
}

/** A draw calculated again from its published data alone. */
export interface DrawProof {
  /** Whether the stored amount is what the calculation gives. */
  agrees: boolean;
  /** What does not agree; null when everything does. */
  problem: string | null;
  /** Whether hashing the randomness `distance` times gives the anchor; null for another beacon. */
  linkHolds: boolean | null;
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
  const { drawId, odds, randomness, amount, link } = draw;
  const key = JSON.stringify([drawId, odds, randomness, String(amount), link]);
  const known = kept.get(key);
  if (known) return known;
  const proof = calculate(draw);
  const [oldest] = kept.keys();
  if (kept.size >= KEPT_MAX && oldest !== undefined) kept.delete(oldest);
  kept.set(key, proof);
  return proof;
}

function calculate({ drawId, odds, randomness, amount, link }: DrawToProve): DrawProof {
  const bytes = hexToBytes(randomness);
  const linkHolds = link === null ? null : verifyLink(bytes, link.distance, hexToBytes(link.anchor));
  const verified = verifyDraw({ drawId, odds, oddsHash: oddsHash(odds), randomness: bytes, amount });
  if (!verified.ok) return { agrees: false, problem: verified.message, linkHolds, tier: null, steps: [] };
  return { agrees: true, problem: null, linkHolds, tier: verified.draw.tier, steps: verified.draw.steps };
}
