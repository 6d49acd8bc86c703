import { hexToBytes } from "@noble/hashes/utils.js";
import { verifyDrandRound } from "./drand";
import { verifyLink } from "./local-beacon";
import { type RoundTimes, timesProblem } from "./round-times";

/** What is published about the round a draw was made by. */
export interface RoundEvidence extends RoundTimes {
  /** Lower-case hex, 64 digits. */
  randomness: string;
  /** drand's, hex; null for the local beacon. */
  signature: string | null;
  /** Local: a published end of the chain in hex, and how many hashes lie between. Null for drand. */
  link: { anchor: string; distance: number } | null;
}

const HEX_64 = /^[0-9a-f]{64}$/;

/** What is wrong with where a draw's randomness comes from, by its published data alone; null when nothing is. */
export function beaconProblem(evidence: RoundEvidence): string | null {
  if (!HEX_64.test(evidence.randomness)) return "The randomness is malformed.";
  return timesProblem(evidence) ?? (evidence.beacon === "local" ? linkProblem(evidence) : drandProblem(evidence));
}

function linkProblem({ randomness, signature, link }: RoundEvidence): string | null {
  if (signature !== null) return "The local beacon signs nothing.";
  if (link === null || !HEX_64.test(link.anchor)) return "The anchor of the chain is missing or malformed.";
  return verifyLink(hexToBytes(randomness), link.distance, hexToBytes(link.anchor))
    ? null
    : "The randomness is not the link of the chain that it should be.";
}

function drandProblem({ round, randomness, signature, link }: RoundEvidence): string | null {
  if (link !== null) return "A round of drand belongs to no chain of ours.";
  if (signature === null) return "The signature of the round is missing.";
  return verifyDrandRound({ round, signature, randomness })
    ? null
    : "The signature is not the beacon's for this round, or the randomness is not its SHA-256.";
}
