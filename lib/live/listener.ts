import { type Db, db } from "@/db/client";
import { endStreamsWithProcess } from "./event-stream";
import { LIVE_CHANNEL } from "./notify";
import { RecentChanges } from "./recent-changes";

/** Accounts whose last change is remembered: some megabytes, and minutes of a busy platform. */
const REMEMBERED_MAX = 50_000;

/** A notice is on its way while screens come and go: what changed shortly before counts as unseen. */
const MARGIN_MS = 5_000;

export interface Watch {
  accountId: string;
  /** Until when the watcher knew everything, milliseconds since 1970. */
  since: number;
  /** Told that something changed; never what. */
  tell: () => void;
}

/** Hears of committed changes and tells who watches the account. One connection, however many screens are open. */
export class LiveListener {
  readonly #watchers = new Map<string, Set<() => void>>();
  readonly #recent = new RecentChanges({ now: Date.now(), accountsMax: REMEMBERED_MAX });
  readonly #end: () => Promise<void>;
  /** Settled once the first LISTEN was answered, or failed; the driver goes on trying by itself. */
  readonly started: Promise<void>;

  constructor(database: Db) {
    const listening = database.$client.listen(
      LIVE_CHANNEL,
      (payload) => this.#hear(payload),
      () => this.#catchUp(),
    );
    this.started = listening.then(
      () => {},
      (error: unknown) => console.error("live updates wait for the database", error),
    );
    this.#end = async () => {
      const { unlisten } = await listening;
      await unlisten();
    };
  }

  /** @returns how to stop watching. */
  watch({ accountId, since, tell }: Watch): () => void {
    const tells = this.#watchers.get(accountId) ?? new Set();
    this.#watchers.set(accountId, tells.add(tell));
    if (this.#recent.mayHaveChanged(accountId, since - MARGIN_MS)) tell();
    return () => {
      tells.delete(tell);
      if (tells.size === 0 && this.#watchers.get(accountId) === tells) this.#watchers.delete(accountId);
    };
  }

  /** How many screens watch an account. */
  watchersOf(accountId: string): number {
    return this.#watchers.get(accountId)?.size ?? 0;
  }

  end(): Promise<void> {
    return this.#end();
  }

  #hear(payload: string): void {
    const now = Date.now();
    for (const accountId of accountsIn(payload)) {
      this.#recent.note(accountId, now);
      for (const tell of this.#watchers.get(accountId) ?? []) tell();
    }
  }

  /** At every (re)connection: what was said meanwhile went unheard, so everybody looks once. */
  #catchUp(): void {
    this.#recent.forget(Date.now());
    for (const tells of this.#watchers.values()) for (const tell of tells) tell();
  }
}

/** The ids in a notice. Anybody with a login may send one, so nothing else is believed of it. */
export function accountsIn(payload: string): string[] {
  try {
    const notice: unknown = JSON.parse(payload);
    if (typeof notice !== "object" || notice === null || !("a" in notice) || !Array.isArray(notice.a)) return [];
    return notice.a.filter((id) => typeof id === "string");
  } catch {
    return [];
  }
}

// Next's development server loads this module once per bundle; the connection must still be one.
const held = globalThis as typeof globalThis & { tenspotLive?: LiveListener };

/** The process's one listener, connected at first use. */
export function liveListener(): LiveListener {
  if (held.tenspotLive) return held.tenspotLive;
  endStreamsWithProcess();
  held.tenspotLive = new LiveListener(db());
  return held.tenspotLive;
}
