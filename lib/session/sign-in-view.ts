import "server-only";
import { db } from "@/db/client";
import { asking } from "./asking";
import { ownSessions } from "./own-sessions";
import { readSession } from "./read-session";

/** How whoever is signed in did so, and the browsers they did it with. */
export interface SignInView {
  email: string;
  name: string | null;
  way: "google" | "github" | "email";
  sessions: { id: string /** ISO 8601 */; signedInAt: string; isThis: boolean }[];
}

/** Null where nobody is signed in. */
export async function signInOf(): Promise<SignInView | null> {
  const [session, who] = await Promise.all([readSession(), asking()]);
  if (!session || !who) return null;
  const sessions = await ownSessions(db(), who);
  const { email, name, way } = session.user;
  return {
    email,
    name,
    way,
    sessions: sessions.map(({ id, signedInAt, isThis }) => ({ id, isThis, signedInAt: signedInAt.toISOString() })),
  };
}
