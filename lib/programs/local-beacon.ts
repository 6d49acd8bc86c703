import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";

/** Links in a chain. */
export const CHAIN_LENGTH = 10_000;

/** A new chain's anchor is published before the last so many links of the old one are reached. */
export const CHAIN_RESERVE = 1_000;

/** A round of the local beacon lies at least so far behind its binding. */
export const ROUND_DELAY_MS = 3_000;

/** More hashes than any chain here needs: a check of a stranger's figures ends in well under a second. */
const DISTANCE_MAX = 1_000_000;

const LINK_BYTES = 32;

/**
 * The secret a chain begins with. Known only to who holds the beacon's secret, so the chain need not be stored.
 * @param secret 32 bytes
 * @param name unlike that of any other chain made from the same secret
 */
export function chainSeed(secret: Uint8Array, name: string): Uint8Array {
  checkLink(secret);
  return hmac(sha256, secret, utf8ToBytes(`local-beacon/v1|${name}`));
}

/**
 * The link that lies `distance` hashes before the anchor: distance 0 is the anchor itself, `length` the seed.
 * Links are revealed by rising distance, so that none tells anything about the next.
 * @throws RangeError when `distance` is not a whole number from 0 to `length`, or the seed has not 32 bytes
 */
export function chainLink(seed: Uint8Array, length: number, distance: number): Uint8Array {
  checkLink(seed);
  if (!isDistance(length) || !isDistance(distance) || distance > length) {
    throw new RangeError(`No link ${distance} in a chain of ${length}`);
  }
  return hashed(seed, length - distance);
}

/**
 * Whether `randomness` is the link at `distance` of the chain that ends in `anchor`. False, too, for a distance below 1
 * and for anything that has not 32 bytes.
 */
export function verifyLink(randomness: Uint8Array, distance: number, anchor: Uint8Array): boolean {
  if (randomness.length !== LINK_BYTES || anchor.length !== LINK_BYTES) return false;
  if (!isDistance(distance) || distance < 1) return false;
  const end = hashed(randomness, distance);
  return end.every((byte, index) => byte === anchor[index]);
}

/** Whether it is time to publish a new chain's anchor, the last link given to a draw being `lastDistance`. */
export const needsNewChain = (lastDistance: number, length: number): boolean => lastDistance >= length - CHAIN_RESERVE;

function hashed(start: Uint8Array, times: number): Uint8Array {
  let link = start;
  for (let done = 0; done < times; done += 1) link = sha256(link);
  return link;
}

const isDistance = (value: number): boolean => Number.isSafeInteger(value) && value >= 0 && value <= DISTANCE_MAX;

function checkLink(bytes: Uint8Array): void {
  if (bytes.length !== LINK_BYTES) throw new RangeError(`A link has ${LINK_BYTES} bytes, not ${bytes.length}`);
}
