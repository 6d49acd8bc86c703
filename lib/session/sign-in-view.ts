import "server-only";
import { db } from "@/db/client";
import { asking } from "./asking";
import { ownSessions } from "./own-sessions";
import { ownWays } from "./own-ways";
import { readSession } from "./read-session";

/** How whoever is signed in did so, and the browsers they did it with. */
export interface SignInView {
  email: string;
  name: string | null;
  /** Every way to sign in, the first one first. */
  ways: ("google" | "github" | "email")[];
  sessions: { id: string /** ISO 8601 */; signedInAt: string; isThis: boolean }[];
}

/** Null where nobody is signed in. */
export async function signInOf(): Promise<SignInView | null> {
  const [session, who] = await Promise.all([readSession(), asking()]);
  if (!session || !who) return null;
  const [sessions, ways] = await Promise.all([ownSessions(db(), who), ownWays(db(), who.userId)]);
  const { email, name } = session.user;
  return {
    email,
    name,
    ways,
    sessions: sessions.map(({ id, signedInAt, isThis }) => ({ id, isThis, signedInAt: signedInAt.toISOString() })),
  };
}
