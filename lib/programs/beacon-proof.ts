import { hexToBytes } from "@noble/hashes/utils.js";
import { DRAND_DELAY_MS, drandRoundTime, verifyDrandRound } from "./drand";
import { ROUND_DELAY_MS, verifyLink } from "./local-beacon";

/** What is published about the round a draw was made by. Times in milliseconds of Unix time. */
export interface RoundEvidence {
  beacon: "local" | "drand";
  round: number;
  boundAt: number;
  roundAt: number;
  drawnAt: number;
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

/** The draw was bound while its round lay ahead, and made when the round was out. */
export function timesProblem({ beacon, round, boundAt, roundAt, drawnAt }: Omit<RoundEvidence, "link">): string | null {
  const delay = beacon === "drand" ? DRAND_DELAY_MS : ROUND_DELAY_MS;
  if (!(roundAt - boundAt >= delay)) return `The round lay less than ${delay / 1_000} seconds ahead of the binding.`;
  if (!(drawnAt >= roundAt)) return "The draw was made before its round was out.";
  if (beacon === "drand" && roundAt !== drandRoundTime(round)) return "The round does not come out at that time.";
  return null;
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
