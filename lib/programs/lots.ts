import { maxNanos, minNanos, type Nanos, ZERO } from "@/lib/money/nanos";
import type { Parts } from "./drawing-order";

export const lotBuckets = ["promo", "earned", "market", "paid"] as const;
export type LotBucket = (typeof lotBuckets)[number];

/** One posting of an account, as far as it moves credit; in the order of posting. */
export type CreditMove =
  | {
      kind: "credit";
      seq: bigint;
      /** What credit and its taking back have in common: the deposit, the reward, the program. */
      source: string;
      /** What it did to each bucket, below zero where credit was taken back. */
      changes: Partial<Record<LotBucket, Nanos>>;
      /** Milliseconds since 1970; absent where it never does. */
      expiresAtMs?: number;
      /** The lot that it is the expiry of; absent for everything else. */
      expiryOf?: bigint;
    }
  /** What usage drew; events that lie between two other postings may be taken as one. */
  | { kind: "usage"; seq: bigint; parts: Parts }
  /** An event taken back returns what it drew. */
  | { kind: "void"; seq: bigint; voidsSeq: bigint };

/** Credit that came by one posting. What came is what is left, what usage drew, what was taken back and what expired. */
export interface Lot {
  seq: bigint;
  source: string;
  bucket: LotBucket;
  amount: Nanos;
  left: Nanos;
  takenBack: Nanos;
  expired: Nanos;
  /** Milliseconds since 1970; null where it never does. */
  expiresAtMs: number | null;
}

/** Which lot paid how much of a draw; without a lot, what no money has come for yet. */
export interface DrawnFrom {
  bucket: LotBucket;
  lotSeq: bigint | null;
  amount: Nanos;
}

export interface Lots {
  lots: Lot[];
  /** By the number of the usage posting. Events taken back are absent. */
  drawn: Map<bigint, DrawnFrom[]>;
}

/**
 * Replays an account's credits and draws in the order of posting: which credit paid for what. Within a bucket the lot
 * that expires soonest is drawn first, then the oldest; taking back empties the lot it is about first, and expiry that
 * lot alone. *Paid* credit
 * covers the account's line from the front, as far as the deposits that stand reach: what paid for usage there is told
 * as of the last move.
 * @throws RangeError when more is drawn from a bucket than is in it, other than *paid*: no ledger posts that
 */
export function replayLots(moves: Iterable<CreditMove>): Lots {
  const promotional = { promo: new Bucket("promo"), earned: new Bucket("earned"), market: new Bucket("market") };
  const paid = new PaidLine();
  const drawn = new Map<bigint, DrawnFrom[]>();
  for (const move of moves) {
    if (move.kind === "credit") {
      for (const bucket of lotBuckets) {
        const change = move.changes[bucket] ?? ZERO;
        if (change !== 0n) (bucket === "paid" ? paid : promotional[bucket]).change(move, change);
      }
    } else if (move.kind === "usage") {
      const { seq, parts } = move;
      drawn.set(seq, [
        ...promotional.promo.draw(parts.promo),
        ...promotional.earned.draw(parts.earned),
        ...promotional.market.draw(parts.market),
      ]);
      paid.draw(seq, parts.paid);
    } else {
      for (const { bucket, lotSeq, amount } of drawn.get(move.voidsSeq) ?? []) {
        if (bucket !== "paid" && lotSeq !== null) promotional[bucket].giveBack(lotSeq, amount);
      }
      drawn.delete(move.voidsSeq);
      paid.leave(move.voidsSeq);
    }
  }
  for (const [seq, from] of paid.covered()) drawn.get(seq)?.push(...from);
  const lots = [...promotional.promo.all, ...promotional.earned.all, ...promotional.market.all, ...paid.all];
  return { lots: lots.sort((a, b) => (a.seq < b.seq ? -1 : a.seq > b.seq ? 1 : 0)), drawn };
}

type Credit = Extract<CreditMove, { kind: "credit" }>;

const newLot = ({ seq, source, expiresAtMs }: Credit, bucket: LotBucket, amount: Nanos): Lot => ({
  seq,
  source,
  bucket,
  amount,
  left: amount,
  takenBack: ZERO,
  expired: ZERO,
  expiresAtMs: expiresAtMs ?? null,
});

const endOf = ({ expiresAtMs }: Lot): number => expiresAtMs ?? Number.POSITIVE_INFINITY;

const isDrawnBefore = (a: Lot, b: Lot): boolean => (endOf(a) === endOf(b) ? a.seq < b.seq : endOf(a) < endOf(b));

/** A bucket that cannot fall below zero: what was drawn from a lot stays drawn from it. */
class Bucket {
  readonly all: Lot[] = [];
  /** Those with something left, in the order they are drawn. */
  readonly #open: Lot[] = [];
  readonly #name: LotBucket;

  constructor(name: LotBucket) {
    this.#name = name;
  }

  change(move: Credit, change: Nanos): void {
    if (change > 0n) {
      const lot = newLot(move, this.#name, change);
      this.all.push(lot);
      this.#put(lot);
      return;
    }
    const lost = -change as Nanos;
    const missing = move.expiryOf === undefined ? this.#takeBack(move.source, lost) : this.#expire(move.expiryOf, lost);
    if (missing > 0n) throw new RangeError(`Posting ${move.seq} takes ${missing} more than ${this.#name} holds`);
  }

  draw(amount: Nanos): DrawnFrom[] {
    const from: DrawnFrom[] = [];
    let missing = amount;
    while (missing > 0n) {
      const [lot] = this.#open;
      if (!lot) throw new RangeError(`A draw takes ${missing} more than ${this.#name} holds`);
      const part = minNanos(lot.left, missing);
      lot.left = (lot.left - part) as Nanos;
      missing = (missing - part) as Nanos;
      from.push({ bucket: this.#name, lotSeq: lot.seq, amount: part });
      if (lot.left === 0n) this.#open.shift();
    }
    return from;
  }

  giveBack(lotSeq: bigint, amount: Nanos): void {
    const lot = this.all.find(({ seq }) => seq === lotSeq);
    if (!lot) throw new RangeError(`There is no lot ${lotSeq} in ${this.#name}`);
    if (lot.left === 0n) this.#put(lot);
    lot.left = (lot.left + amount) as Nanos;
  }

  /** @returns what is missing. */
  #takeBack(source: string, amount: Nanos): Nanos {
    const own = this.#open.filter((lot) => lot.source === source);
    const missing = this.#empty(own, "takenBack", amount);
    return this.#empty([...this.#open], "takenBack", missing);
  }

  #expire(seq: bigint, amount: Nanos): Nanos {
    const own = this.#open.filter((lot) => lot.seq === seq);
    return this.#empty(own, "expired", amount);
  }

  /** @returns what these lots could not give. */
  #empty(lots: readonly Lot[], why: "takenBack" | "expired", amount: Nanos): Nanos {
    let missing = amount;
    for (const lot of lots) {
      if (missing === 0n) break;
      const part = minNanos(lot.left, missing);
      lot.left = (lot.left - part) as Nanos;
      lot[why] = (lot[why] + part) as Nanos;
      missing = (missing - part) as Nanos;
      if (lot.left === 0n) this.#open.splice(this.#open.indexOf(lot), 1);
    }
    return missing;
  }

  #put(lot: Lot): void {
    const last = this.#open.at(-1);
    if (last === undefined || isDrawnBefore(last, lot)) {
      this.#open.push(lot);
      return;
    }
    const place = this.#open.findIndex((other) => isDrawnBefore(lot, other));
    this.#open.splice(place === -1 ? this.#open.length : place, 0, lot);
  }
}

/** What was drawn from *paid*, end to end, and the money that covers it from the front. */
class PaidLine {
  readonly all: Lot[] = [];
  readonly #stretches = new Map<bigint, Nanos>();
  /** A bank may take back what was refunded already: so much more went than was ever paid in. */
  #over: Nanos = ZERO;

  change(move: Credit, change: Nanos): void {
    const own = this.all.filter(({ source }) => source === move.source);
    if (change > 0n) {
      const settled = minNanos(this.#over, change);
      this.#over = (this.#over - settled) as Nanos;
      // Money that comes back, after a dispute was won, stands in the deposit's own place again.
      let coming = (change - settled) as Nanos;
      for (const lot of own) {
        const part = minNanos(lot.takenBack, coming);
        lot.takenBack = (lot.takenBack - part) as Nanos;
        coming = (coming - part) as Nanos;
      }
      if (coming > 0n) this.all.push(newLot(move, "paid", coming));
      return;
    }
    // Money that is about no deposit goes from the end, so that what has paid for usage stays where it is.
    let going = -change as Nanos;
    for (const lot of [...own, ...this.all.toReversed()]) {
      const part = minNanos((lot.amount - lot.takenBack) as Nanos, going);
      lot.takenBack = (lot.takenBack + part) as Nanos;
      going = (going - part) as Nanos;
    }
    this.#over = (this.#over + going) as Nanos;
  }

  draw(seq: bigint, amount: Nanos): void {
    if (amount > 0n) this.#stretches.set(seq, amount);
  }

  leave(seq: bigint): void {
    this.#stretches.delete(seq);
  }

  /** Lays the money that stands along the line, and leaves in each lot what is over. */
  *covered(): Generator<[bigint, DrawnFrom[]]> {
    for (const lot of this.all) lot.left = maxNanos(ZERO, (lot.amount - lot.takenBack) as Nanos);
    let place = 0;
    for (const [seq, amount] of this.#stretches) {
      const from: DrawnFrom[] = [];
      let missing = amount;
      while (missing > 0n) {
        const lot = this.all[place];
        if (!lot) break;
        const part = minNanos(lot.left, missing);
        if (part > 0n) from.push({ bucket: "paid", lotSeq: lot.seq, amount: part });
        lot.left = (lot.left - part) as Nanos;
        missing = (missing - part) as Nanos;
        if (lot.left === 0n) place += 1;
      }
      if (missing > 0n) from.push({ bucket: "paid", lotSeq: null, amount: missing });
      yield [seq, from];
    }
  }
}
