import { bls12_381 } from "@noble/curves/bls12-381.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { type DrandRound, quicknet } from "./quicknet";

/** The domain of signatures on G1, by RFC 9380. */
const SIGNATURE_DOMAIN = "BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_";

const SIGNATURE = /^[0-9a-f]{96}$/;

/**
 * Whether a round is the beacon's own: the randomness is the SHA-256 of the signature, and the signature of this round
 * verifies against the pinned key. False for anything malformed.
 */
export function verifyDrandRound({ round, signature, randomness }: DrandRound): boolean {
  if (!Number.isSafeInteger(round) || round < 1 || !SIGNATURE.test(signature)) return false;
  if (bytesToHex(sha256(hexToBytes(signature))) !== randomness) return false;
  const { shortSignatures } = bls12_381;
  try {
    const message = shortSignatures.hash(sha256(roundBytes(round)), SIGNATURE_DOMAIN);
    return shortSignatures.verify(signature, message, quicknet.publicKey);
  } catch {
    // Bytes that are no point of the curve are refused by throwing.
    return false;
  }
}

/** What is signed is the SHA-256 of the round's number in eight bytes, big-endian. */
function roundBytes(round: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(round));
  return bytes;
}
