import type { Way } from "./identity";
import type { Problem } from "./problems";

/** What is known when somebody comes back from a provider, or confirms a link sent by mail. */
export interface Attempt {
  way: Way;
  /** The address the provider vouches for, or the one the link was sent to. */
  email: string | null;
  /** Who signed in with exactly this identity before. */
  knownUserId: string | null;
  /** Who holds this address, and the way they sign in. */
  holder: { userId: string; way: Way } | null;
  /** Who is signed in in this browser right now. */
  signedInUserId: string | null;
  /** A way that whoever is signed in asked, in this browser and just now, to have added to theirs. */
  linking?: Way | null;
}

const otherWay: Record<Way, Problem> = { google: "UseGoogle", github: "UseGitHub", email: "UseEmail" };

/**
 * Ways to sign in are never joined by themselves. A second provider is refused even when it vouches for the same address: providers
 * recycle addresses, and joining by address would hand the account to the next holder. It is added only where whoever
 * is signed in asked for it, and where neither the identity nor its address is somebody else's.
 * @returns null when the sign-in may go on.
 */
export function refusalOf({ way, email, knownUserId, holder, signedInUserId, linking }: Attempt): Problem | null {
  if (email === null) return "EmailNotVerified";
  if (signedInUserId !== null && linking === way && knownUserId === null) {
    return holder === null || holder.userId === signedInUserId ? null : "OAuthAccountNotLinked";
  }
  // A link by mail says whom it signs in and is confirmed, so it may replace who was signed in; a provider may not.
  const replacesSomeone = way !== "email" && signedInUserId !== null && signedInUserId !== knownUserId;
  if (knownUserId !== null) return replacesSomeone ? "SignedInAlready" : null;
  if (holder !== null) return holder.way === way ? "OAuthAccountNotLinked" : otherWay[holder.way];
  return replacesSomeone ? "SignedInAlready" : null;
}
