import "server-only";
import { db } from "@/db/client";
import { asking } from "./asking";
import { ownSessions } from "./own-sessions";
import { ownWays } from "./own-ways";

/** How whoever is signed in did so, and the browsers they did it with. */
export interface SignInView {
  /** Every way to sign in, the first one first. */
  ways: ("google" | "github" | "email")[];
  sessions: { id: string /** ISO 8601 */; signedInAt: string; browser: string | null; isThis: boolean }[];
}

/** Null where nobody is signed in. */
export async function signInOf(): Promise<SignInView | null> {
  const who = await asking();
  if (!who) return null;
  const [sessions, ways] = await Promise.all([ownSessions(db(), who), ownWays(db(), who.userId)]);
  return {
    ways,
    sessions: sessions.map(({ signedInAt, ...each }) => ({ ...each, signedInAt: signedInAt.toISOString() })),
  };
}
