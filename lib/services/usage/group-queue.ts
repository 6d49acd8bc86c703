import { rawOf } from "@/db/client";
import { isBusy } from "@/db/errors";
import { notifyChanged } from "@/lib/live/notify";
import type { Context } from "@/lib/services/context";
import { retried } from "@/lib/services/retried";
import type { Outcome } from "./event";
import { type BatchItem, postBatch } from "./post-batch";

/** Lanes are dealt to this many groups; batches of different groups never touch the same wallet. */
const GROUPS = 4;
/** Most events of a group posted in one transaction, unless one request alone brings more. */
const BATCH_MAX = 5_000;
/** Groups in which fewer events wait share one transaction: its statements cost the same for one event as for these. */
const WORTH = 64;

interface Part {
  items: readonly BatchItem[];
  resolve: (outcomes: Outcome[]) => void;
  reject: (error: unknown) => void;
}

/**
 * One queue and at most one transaction at a time for each group of lanes. What arrives while a transaction runs
 * waits and shares the next one (group commit), and so do groups in which little waits: many small requests cost little
 * more than one large one.
 */
export class GroupQueue {
  readonly #ctx: Context;
  readonly #waiting = Array.from({ length: GROUPS }, (): { parts: Part[]; events: number } => ({
    parts: [],
    events: 0,
  }));
  readonly #running = new Set<number>();
  /** Whether the transaction that groups share runs. */
  #isShared = false;

  constructor(ctx: Context) {
    this.#ctx = ctx;
  }

  /** @returns one outcome for each item, in order, after every part has committed. */
  async post(items: readonly BatchItem[]): Promise<Outcome[]> {
    const parts = new Map<number, { places: number[]; items: BatchItem[] }>();
    items.forEach((item, place) => {
      const group = item.account.lane % GROUPS;
      const part = parts.get(group) ?? { places: [], items: [] };
      parts.set(group, part);
      part.places.push(place);
      part.items.push(item);
    });
    const outcomes: Outcome[] = new Array(items.length);
    const ended = await Promise.allSettled(
      [...parts].map(async ([group, part]) => {
        const posted = await this.#enqueue(group, part.items);
        part.places.forEach((place, index) => {
          const outcome = posted[index];
          if (outcome) outcomes[place] = outcome;
        });
      }),
    );
    // Who is told of a failure must find the other groups at rest: what they were to post is posted.
    const failed = ended.find((each) => each.status === "rejected");
    if (failed) throw failed.reason;
    return outcomes;
  }

  #enqueue(group: number, items: readonly BatchItem[]): Promise<Outcome[]> {
    return new Promise((resolve, reject) => {
      const waiting = this.#waiting[group];
      waiting?.parts.push({ items, resolve, reject });
      if (waiting) waiting.events += items.length;
      this.#dispatch();
    });
  }

  /** Begins what may begin: a transaction for each group that is worth one, and one for all the others together. */
  #dispatch(): void {
    const small: number[] = [];
    for (const [group, { events }] of this.#waiting.entries()) {
      if (events === 0 || this.#running.has(group)) continue;
      if (events >= WORTH) void this.#drain([group]);
      else small.push(group);
    }
    if (small.length === 0 || this.#isShared) return;
    this.#isShared = true;
    void this.#drain(small).then(() => {
      this.#isShared = false;
      this.#dispatch();
    });
  }

  async #drain(groups: readonly number[]): Promise<void> {
    for (const group of groups) this.#running.add(group);
    await this.#run(groups.flatMap((group) => this.#next(group)));
    for (const group of groups) this.#running.delete(group);
    this.#dispatch();
  }

  #next(group: number): Part[] {
    const waiting = this.#waiting[group];
    if (!waiting) return [];
    let count = 0;
    let taken = 0;
    for (const { items } of waiting.parts) {
      if (taken > 0 && count + items.length > BATCH_MAX) break;
      count += items.length;
      taken += 1;
    }
    waiting.events -= count;
    return waiting.parts.splice(0, taken);
  }

  async #run(parts: readonly Part[]): Promise<void> {
    const items = parts.flatMap((part) => part.items);
    try {
      const outcomes = await retried(() =>
        this.#ctx.db.transaction((tx) => postBatch(rawOf(tx), items, { db: this.#ctx.db, at: this.#ctx.clock() })),
      );
      let start = 0;
      for (const part of parts) {
        part.resolve(outcomes.slice(start, start + part.items.length));
        start += part.items.length;
      }
      notifyChanged(this.#ctx.db, new Set(items.map(({ account }) => account.id)));
    } catch (error) {
      // Nothing was posted. Alone, only the part that cannot be posted fails; a busy database is everybody's.
      if (parts.length === 1 || isBusy(error)) for (const part of parts) part.reject(error);
      else for (const part of parts) await this.#run([part]);
    }
  }
}
