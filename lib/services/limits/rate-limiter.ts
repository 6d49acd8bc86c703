import { arrayLiteral, textArrayLiteral } from "@/lib/ledger/sql-arrays";
import type { Context } from "@/lib/services/context";
import type { Limits, Policy } from "./policies";

const WINDOW_MS = 60_000;
/** How often counts are told to the other processes, and theirs are heard. */
const SETTLE_EVERY_MS = 1_000;
const SUBJECTS_MAX = 200_000;

export interface Taken {
  ok: boolean;
  policy: Policy;
  /** Requests a window. */
  limit: number;
  /** Left in this window, as far as this process knows. */
  remaining: number;
  windowSeconds: number;
  /** Until the window ends and all is free again; at least 1. */
  resetSeconds: number;
}

interface Counted {
  policy: Policy;
  subject: string;
  windowMs: number;
  /** By all processes, as of the last settling. */
  told: number;
  /** Here, since then. */
  untold: number;
}

/**
 * Counts requests by the minute. Each process counts by itself and settles with Postgres once a second, so that no
 * request waits for a query. What all processes let through may pass the limit by what the others took since the last
 * settling: (processes − 1) × what one of them is asked in about a second. One process alone never passes it.
 */
export class RateLimiter {
  readonly #counts = new Map<string, Counted>();
  #timer: NodeJS.Timeout | null = null;
  #settling: Promise<void> | null = null;

  constructor(
    readonly ctx: Context,
    readonly limits: Limits,
    /** Proxies in front of this process whose word on addresses is taken; at least 1. */
    readonly proxies = 1,
  ) {}

  /** Takes one request of what `subject` may still ask; null where there is no limit. What is refused is not counted. */
  take(policy: Policy, subject: string): Taken | null {
    const limit = this.limits[policy];
    if (limit === null) return null;
    const nowMs = this.ctx.clock().getTime();
    const windowMs = nowMs - (nowMs % WINDOW_MS);
    const counted = this.#counted(policy, subject, windowMs);
    const used = counted.told + counted.untold;
    const ok = used < limit;
    if (ok) {
      counted.untold += 1;
      this.#settleSoon();
    }
    return {
      ok,
      policy,
      limit,
      remaining: Math.max(0, limit - used - (ok ? 1 : 0)),
      windowSeconds: WINDOW_MS / 1_000,
      resetSeconds: Math.max(1, Math.ceil((windowMs + WINDOW_MS - nowMs) / 1_000)),
    };
  }

  #counted(policy: Policy, subject: string, windowMs: number): Counted {
    const key = `${policy}|${subject}`;
    const found = this.#counts.get(key);
    if (found?.windowMs === windowMs) return found;
    if (this.#counts.size >= SUBJECTS_MAX) this.#counts.clear();
    const fresh = { policy, subject, windowMs, told: 0, untold: 0 };
    this.#counts.set(key, fresh);
    return fresh;
  }

  #settleSoon(): void {
    if (this.#timer !== null) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.settle();
    }, SETTLE_EVERY_MS);
    this.#timer.unref();
  }

  /** Tells what was counted here and hears what was counted elsewhere. A database that does not answer stops nothing. */
  settle(): Promise<void> {
    this.#settling ??= this.#tell().finally(() => {
      this.#settling = null;
    });
    return this.#settling;
  }

  async #tell(): Promise<void> {
    const telling = [...this.#counts.values()]
      .filter(({ untold }) => untold > 0)
      .map((counted) => ({ counted, untold: counted.untold }));
    if (telling.length === 0) return;
    const nowMs = this.ctx.clock().getTime();
    try {
      const rows = await this.ctx.db.$client.unsafe<
        { at_ms: string; policy: string; subject: string; requests: string }[]
      >(
        settleStatement,
        [
          arrayLiteral(telling.map(({ counted }) => new Date(counted.windowMs).toISOString())),
          arrayLiteral(telling.map(({ counted }) => counted.policy)),
          textArrayLiteral(telling.map(({ counted }) => counted.subject)),
          arrayLiteral(telling.map(({ untold }) => untold)),
        ],
        { prepare: true },
      );
      const totals = new Map(rows.map((row) => [`${row.at_ms}|${row.policy}|${row.subject}`, Number(row.requests)]));
      for (const { counted, untold } of telling) {
        counted.told = totals.get(`${counted.windowMs}|${counted.policy}|${counted.subject}`) ?? counted.told + untold;
        counted.untold -= untold;
      }
    } catch {
      // Counted here all the same, and told with the next.
      return;
    } finally {
      this.#forget(nowMs);
    }
    await this.#sweepOut(nowMs).catch(() => undefined);
  }

  #forget(nowMs: number): void {
    for (const [key, { windowMs }] of this.#counts) if (windowMs + WINDOW_MS <= nowMs) this.#counts.delete(key);
  }

  #sweptMs = 0;

  /** Minutes long past are nobody's concern: once in each, whoever settles clears them away. */
  async #sweepOut(nowMs: number): Promise<void> {
    if (nowMs - this.#sweptMs < WINDOW_MS) return;
    this.#sweptMs = nowMs;
    const before = new Date(nowMs - 5 * WINDOW_MS).toISOString();
    await this.ctx.db.$client`delete from rate_counts where window_start < ${before}`;
  }
}

// In one order for all, so that two processes that settle at once do not wait for each other in a circle.
const settleStatement = `
  insert into rate_counts as r (window_start, policy, subject, requests)
  select * from unnest($1::timestamptz[], $2::text[], $3::text[], $4::bigint[]) as u (window_start, policy, subject, requests)
   order by 1, 2, 3
  on conflict (window_start, policy, subject) do update set requests = r.requests + excluded.requests
  returning (extract(epoch from window_start) * 1000)::bigint as at_ms, policy, subject, requests`;
