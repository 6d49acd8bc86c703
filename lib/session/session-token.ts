import "server-only";
import { cookies } from "next/headers";
import { sessionCookieName } from "./cookie-names";
import { isHttps, publicOrigin } from "./public-origin";

/** What this browser's cookie holds, whether or not there is such a session; null without one. */
export async function sessionToken(): Promise<string | null> {
  return (await cookies()).get(sessionCookieName(isHttps(publicOrigin())))?.value ?? null;
}
