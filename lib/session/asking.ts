import "server-only";
import { cookies } from "next/headers";
import { sessionCookieName } from "./cookie-names";
import type { Asking } from "./own-sessions";
import { isHttps, publicOrigin } from "./public-origin";
import { readSession } from "./read-session";

/** Who is signed in, with their browser's own token; null where nobody is. */
export async function asking(): Promise<Asking | null> {
  const session = await readSession();
  const token = (await cookies()).get(sessionCookieName(isHttps(publicOrigin())))?.value;
  return session && token ? { userId: session.user.id, token } : null;
}
