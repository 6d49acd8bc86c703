import type { SentEvent } from "./workload";

/** A slice of work, ready to run: everything before is preparation and not measured. */
export interface Slice {
  events: number;
  /** Runs to the end. @returns how long each call took, milliseconds. */
  run: () => Promise<number[]>;
}

/** One way to bring events into a database. */
export interface Way {
  /** What was sent, in words. */
  label: string;
  /** Events a second to expect of the first slice. */
  firstRate: number;
  /** Makes at least `events` events ready, and enough to keep every caller busy. */
  prepare: (events: number) => Promise<Slice>;
}

/**
 * Runs `send` over `items` by so many callers at once; each takes the next when it has finished one.
 * @returns how long each took, milliseconds.
 */
export async function byCallers<T>(
  callers: number,
  items: readonly T[],
  send: (item: T, caller: number) => Promise<void>,
): Promise<number[]> {
  const took: number[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: callers }, async (_, caller) => {
      for (let item = items[next]; item !== undefined; item = items[next]) {
        next += 1;
        const started = performance.now();
        await send(item, caller);
        took.push(performance.now() - started);
      }
    }),
  );
  return took;
}

export const inBatches = (events: readonly SentEvent[], size: number): SentEvent[][] =>
  Array.from({ length: Math.ceil(events.length / size) }, (_, batch) => events.slice(batch * size, (batch + 1) * size));

/** How many were posted, and how many were there before; anything else is a fault of the benchmark. */
export class Tally {
  accepted = 0;
  duplicates = 0;

  count(kind: string): void {
    if (kind === "accepted") this.accepted += 1;
    else if (kind === "duplicate") this.duplicates += 1;
    else throw new Error(`An event of the workload was answered ${kind}`);
  }
}
