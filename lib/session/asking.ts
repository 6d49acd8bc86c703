import "server-only";
import type { Asking } from "./own-sessions";
import { readSession } from "./read-session";
import { sessionToken } from "./session-token";

/** Who is signed in, with their browser's own token; null where nobody is. */
export async function asking(): Promise<Asking | null> {
  const session = await readSession();
  const token = await sessionToken();
  return session && token ? { userId: session.user.id, token } : null;
}
