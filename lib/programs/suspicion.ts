/** What makes a bonus, or a pair, look like a second account of one person; the strongest sign first. */
export const suspicions = ["cluster", "payment_fingerprint", "velocity", "disposable_email"] as const;
export type Suspicion = (typeof suspicions)[number];

/**
 * Sign-ups in a browser through one referrer's link within a day that pass unseen. Somebody who tells friends, or a
 * class, brings a handful a day; ten held by mistake cost an operator ten looks, ten farmed cost up to $10,000. Large
 * campaigns are imported by the platform's key, which is not held to it.
 */
export const LINK_SIGN_UPS_MAX = 10;
export const LINK_SIGN_UPS_WINDOW_MS = 86_400_000;

/** What is known about an account at the moment its bonus is due. */
export interface SuspicionFacts {
  /** Made by a key of the operator, who knows where it comes from. */
  isImported: boolean;
  usesDisposableMail: boolean;
  /** An account confirmed to be the same person's that had its bonus; null where there is none. */
  clusterMateId: string | null;
  /** An earlier account that paid with the same instrument, or a later one that had its bonus; null where there is none. */
  samePayerId: string | null;
  /** Its pair, where that was held as one: what was said of it goes for the bonuses that come of it. */
  pair: { state: "held" | "refused"; reason: Suspicion; referrerId: string } | null;
  /** Milliseconds since 1970. */
  signedUpAtMs: number;
  /** When others signed up in a browser through the same link, as far as they matter: ten before it and ten after. */
  linkSignUpsMs: readonly number[];
}

/** A bonus that waits for an operator, or was refused before it came. */
export interface Hold {
  reason: Suspicion;
  /** The account it looks like; null where it looks like nobody's in particular. */
  otherId: string | null;
  isRefused: boolean;
}

/** Judges whether the bonuses that an account's spend made due wait for an operator; null when they do not. */
export function holdOf(facts: SuspicionFacts): Hold | null {
  const { pair, clusterMateId, samePayerId, isImported } = facts;
  if (pair) return { reason: pair.reason, otherId: pair.referrerId, isRefused: pair.state === "refused" };
  if (clusterMateId !== null) return { reason: "cluster", otherId: clusterMateId, isRefused: false };
  if (samePayerId !== null) return { reason: "payment_fingerprint", otherId: samePayerId, isRefused: false };
  if (isImported) return null;
  if (isInBurst(facts)) return { reason: "velocity", otherId: null, isRefused: false };
  if (facts.usesDisposableMail) return { reason: "disposable_email", otherId: null, isRefused: false };
  return null;
}

/** Whether some day holds the sign-up and too many others: the first of a burst are held like the last. */
function isInBurst({ signedUpAtMs, linkSignUpsMs }: SuspicionFacts): boolean {
  const all = [...linkSignUpsMs, signedUpAtMs].sort((a, b) => a - b);
  return all.some((first, index) => {
    const last = all[index + LINK_SIGN_UPS_MAX];
    const holds = first <= signedUpAtMs && last !== undefined && signedUpAtMs <= last;
    return holds && last - first < LINK_SIGN_UPS_WINDOW_MS;
  });
}

/** Why a draw waits for room, as its row says it. */
export type QueueReason = "budget" | "paused";

export const isQueueReason = (reason: string | null): reason is QueueReason =>
  reason === "budget" || reason === "paused";

/** How a draw's row says that its referrer had as many bonuses as its terms give. It is for good. */
export const CAP = "cap";

const REFUSED = "refused:";

/** How a draw's row says that its bonus was refused after a hold. */
export const refusedReason = (reason: string): string => `${REFUSED}${reason}`;

/** How a draw's row says that its beneficiary had closed the account. It is for good, and needs no review. */
export const CLOSED = refusedReason("account_closed");

/** Whether a held draw will never be made. */
export const isHeldForGood = (heldReason: string | null): boolean =>
  heldReason === CAP || refusedFor(heldReason) !== null;

/** What the bonus was refused for, when a draw's row says so. */
export const refusedFor = (heldReason: string | null): string | null =>
  heldReason?.startsWith(REFUSED) ? heldReason.slice(REFUSED.length) : null;
