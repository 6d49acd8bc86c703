/**
 * When accounts last changed, for as long back as fits. A screen that reconnects says until when it knew everything;
 * what changed since is found here without asking the database.
 */
export class RecentChanges {
  /** By account, the longest ago first. Milliseconds since 1970. */
  readonly #changedAt = new Map<string, number>();
  readonly #accountsMax: number;
  /** Nothing is known of what happened before. */
  #knownSince: number;

  constructor({ now, accountsMax }: { now: number; accountsMax: number }) {
    this.#knownSince = now;
    this.#accountsMax = accountsMax;
  }

  note(accountId: string, now: number): void {
    this.#changedAt.delete(accountId);
    this.#changedAt.set(accountId, now);
    if (this.#changedAt.size <= this.#accountsMax) return;
    for (const [oldest, changedAt] of this.#changedAt) {
      this.#changedAt.delete(oldest);
      this.#knownSince = changedAt;
      break;
    }
  }

  /** Notices may have been missed: whoever asks about a time before `now` is told to look. */
  forget(now: number): void {
    this.#changedAt.clear();
    this.#knownSince = now;
  }

  /** Whether the account changed at `since` or later, or may have. */
  mayHaveChanged(accountId: string, since: number): boolean {
    const changedAt = this.#changedAt.get(accountId);
    return since <= this.#knownSince || (changedAt !== undefined && changedAt >= since);
  }
}
