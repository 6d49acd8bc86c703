import type { TransactionSql } from "postgres";

/** A round of a beacon, fixed for a draw while it is not out yet. Times as the database writes them. */
export interface FixedRound {
  boundAt: string;
  round: number;
  roundAt: string;
  /** The chain of the local beacon; null for another. */
  chainId: number | null;
}

/** A round that draws wait for. */
export interface AwaitedRound {
  round: number;
  /** The chain of the local beacon; null for another. */
  chain: { name: string; length: number; anchor: string } | null;
}

/** What a beacon gave out, verified. */
export interface Revealed {
  /** 32 bytes */
  randomness: Uint8Array;
  /** Lower-case hex; null for a beacon that signs nothing. */
  signature: string | null;
}

/** Where the randomness of draws comes from. */
export interface Beacon {
  readonly name: "local" | "drand";
  /** Fixes a round that lies far enough ahead by the database's clock, inside the transaction that binds the draw. */
  bind(raw: TransactionSql): Promise<FixedRound>;
  /**
   * What came out in a round that is due, verified against what was published before it. Null when it is not to be
   * had now: the draw waits, for there is no other source. May ask the network, so never inside a transaction.
   */
  reveal(awaited: AwaitedRound): Promise<Revealed | null>;
}
