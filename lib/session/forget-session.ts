import "server-only";
import { cookies } from "next/headers";
import { sessionCookieName } from "./cookie-names";
import { isHttps, publicOrigin } from "./public-origin";

/** Takes the session's cookie from this browser. @returns the token it held. */
export async function forgetSession(): Promise<string | null> {
  const https = isHttps(publicOrigin());
  const name = sessionCookieName(https);
  const store = await cookies();
  const token = store.get(name)?.value ?? null;
  store.delete({ name, path: "/", secure: https });
  return token;
}
