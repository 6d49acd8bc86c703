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
}

const otherWay: Record<Way, Problem> = { google: "UseGoogle", github: "UseGitHub", email: "UseEmail" };

/**
 * One person, one way to sign in. A second provider is refused even when it vouches for the same address: providers
 * recycle addresses, and joining by address would hand the account to the next holder.
 * @returns null when the sign-in may go on.
 */
export function refusalOf({ way, email, knownUserId, holder, signedInUserId }: Attempt): Problem | null {
  if (email === null) return "EmailNotVerified";
  // A link by mail says whom it signs in and is confirmed, so it may replace who was signed in; a provider may not.
  const replacesSomeone = way !== "email" && signedInUserId !== null && signedInUserId !== knownUserId;
  if (knownUserId !== null) return replacesSomeone ? "SignedInAlready" : null;
  if (holder !== null) return holder.way === way ? "OAuthAccountNotLinked" : otherWay[holder.way];
  return replacesSomeone ? "SignedInAlready" : null;
}
