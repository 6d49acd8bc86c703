/**
 * The public beacon *quicknet* of the drand network. Pinned here and never asked for: a relay that lies about the key
 * would otherwise be believed. Source: https://docs.drand.love/developer/, and `/info` of the chain on any relay.
 */
export const quicknet = {
  chainHash: "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971",
  /** A point of G2 in BLS12-381, compressed. */
  publicKey:
    "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a",
  scheme: "bls-unchained-g1-rfc9380",
  /** When round 1 came out, in seconds of Unix time. */
  genesisTime: 1_692_803_367,
  /** Seconds from one round to the next. */
  period: 3,
} as const;

/** A draw is bound to a round that comes out at least so far ahead. */
export const DRAND_DELAY_MS = 90_000;

/** A round as relays answer it, in lower-case hex. */
export interface DrandRound {
  round: number;
  /** 48 bytes */
  signature: string;
  /** 32 bytes */
  randomness: string;
}

/** When a round comes out, in milliseconds of Unix time. */
export const drandRoundTime = (round: number): number => (quicknet.genesisTime + (round - 1) * quicknet.period) * 1_000;

/** The first round that comes out at that instant or after it, in milliseconds of Unix time. */
export const firstDrandRound = (notBeforeMs: number): number =>
  Math.max(1, Math.ceil((notBeforeMs / 1_000 - quicknet.genesisTime) / quicknet.period) + 1);
