import type { Db } from "@/db/client";
import { accountsIn } from "@/lib/live/listener";
import { LIVE_CHANNEL } from "@/lib/live/notify";

/** More than change between two looks on a busy platform; beyond it everybody is looked at. */
const REMEMBERED_MAX = 20_000;
/** A notice may be lost, so everybody is looked at now and then. */
const EVERYBODY_EVERY_MS = 60_000;

/** Whose numbers changed since they were last asked for, by the notices that commits send. */
export class ChangedAccounts {
  #changed = new Set<string>();
  #everybody = true;
  #everybodyAt = 0;
  readonly #now: () => number;

  constructor(db: Db, now: () => number = Date.now) {
    this.#now = now;
    db.$client
      .listen(
        LIVE_CHANNEL,
        (notice) => this.#hear(notice),
        () => this.lookAtEverybody(),
      )
      .catch((error: unknown) => console.error("changes are not heard: everybody is looked at each minute", error));
  }

  /** The ids of accounts; null for all there are. */
  take(): string[] | null {
    const ids = [...this.#changed];
    this.#changed = new Set();
    if (!this.#everybody && this.#now() - this.#everybodyAt < EVERYBODY_EVERY_MS) return ids;
    this.#everybody = false;
    this.#everybodyAt = this.#now();
    return null;
  }

  /** For the next look: what was said meanwhile went unheard, or was not dealt with. */
  lookAtEverybody(): void {
    this.#everybody = true;
  }

  #hear(notice: string): void {
    for (const id of accountsIn(notice)) this.#changed.add(id);
    if (this.#changed.size <= REMEMBERED_MAX) return;
    this.#changed = new Set();
    this.#everybody = true;
  }
}
