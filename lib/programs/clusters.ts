/** An account's place in a confirmed cluster: accounts an operator found to belong to one person. */
export interface Membership {
  clusterId: string;
  /** Milliseconds since 1970. */
  sinceMs: number;
}

/**
 * Since when two accounts count as one person's; null when they do not. A cluster may be joined to another, so an
 * account may have been in several: the first one that held both decides.
 */
export function oneSince(a: readonly Membership[] = [], b: readonly Membership[] = []): number | null {
  const shared = a.flatMap(({ clusterId, sinceMs }) =>
    b.flatMap((other) => (other.clusterId === clusterId ? Math.max(sinceMs, other.sinceMs) : [])),
  );
  return shared.length === 0 ? null : Math.min(...shared);
}
