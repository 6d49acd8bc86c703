/** Chance that can be repeated: the same seed gives the same throws (mulberry32). */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A number from 0 up to and without `sides`. */
  below(sides: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  }

  /** Whether something happens that does so `percent` times in a hundred. */
  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  /** @throws RangeError when there is nothing to choose from. */
  pick<T>(list: readonly T[]): T {
    const place = list.length === 0 ? 0 : this.below(list.length);
    for (const each of list.slice(place)) return each;
    throw new RangeError("There is nothing to pick from");
  }

  /** Some nano-dollars, often round and sometimes very odd. */
  nanos(dollarsMax: number): bigint {
    const kind = this.below(10);
    if (kind === 0) return BigInt(this.below(3));
    if (kind < 4) return BigInt(this.below(dollarsMax) + 1) * 1_000_000_000n;
    return BigInt(this.below(dollarsMax)) * 1_000_000_000n + BigInt(this.below(1_000_000_000));
  }
}
