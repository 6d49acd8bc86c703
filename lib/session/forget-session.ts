import "server-only";
import { cookies } from "next/headers";
import { sessionCookieName } from "./cookie-names";
import { isHttps, publicOrigin } from "./public-origin";
import { sessionToken } from "./session-token";

/** Takes the session's cookie from this browser. @returns the token it held. */
export async function forgetSession(): Promise<string | null> {
  const https = isHttps(publicOrigin());
  const token = await sessionToken();
  (await cookies()).delete({ name: sessionCookieName(https), path: "/", secure: https });
  return token;
}
