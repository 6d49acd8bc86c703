import "server-only";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { readEnv } from "@/lib/env";
import { csrfCookieName } from "./cookie-names";
import { csrfTokenIn } from "./csrf-token";
import type { Way } from "./identity";
import { isHttps, publicOrigin } from "./public-origin";
import { readSession } from "./read-session";

export interface LinkVisit {
  way: Way;
  /** For next-auth's form. */
  csrfToken: string;
}

/**
 * What the page that adds a way to sign in needs; null where nothing was asked to be added, or too long ago. A browser
 * without next-auth's form token is sent to fetch one, which comes back here: pages cannot set cookies.
 */
export async function linkVisit(path: string, hasFetchedToken: boolean): Promise<LinkVisit | null> {
  const session = await readSession();
  const way = session?.linking;
  if (!way) return null;
  const { NEXTAUTH_SECRET } = readEnv(["NEXTAUTH_SECRET"]);
  const cookie = (await cookies()).get(csrfCookieName(isHttps(publicOrigin())))?.value;
  const csrfToken = csrfTokenIn(cookie, NEXTAUTH_SECRET);
  if (csrfToken !== null) return { way, csrfToken };
  if (hasFetchedToken) return null;
  redirect(`/api/auth/signin?${new URLSearchParams({ callbackUrl: `${path}?fetched=1` })}`);
}
