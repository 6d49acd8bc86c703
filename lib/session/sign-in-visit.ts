import "server-only";
import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { readEnv } from "@/lib/env";
import { csrfCookieName } from "./cookie-names";
import { csrfTokenIn } from "./csrf-token";
import { type FollowedLink, followedLink } from "./followed-link";
import { properOrigin } from "./page-request";
import { endsWithSignIn, type Problem, problemNamed } from "./problems";
import { isHttps, publicOrigin } from "./public-origin";
import { readSession } from "./read-session";
import { sameOriginPath } from "./same-origin-path";

export type SearchParameters = Record<string, string | string[] | undefined>;

export interface SignInVisit {
  /** For next-auth's forms; null when the browser keeps no cookies. */
  csrfToken: string | null;
  /** The page to go to afterwards. */
  next: string;
  problem: Problem | null;
  /** Who is signed in already. */
  user: { name: string | null; email: string } | null;
  /** The referral link that will count. */
  followed: FollowedLink | null;
  /** Whether a link was forgotten just now, as asked. */
  hasForgotten: boolean;
}

/**
 * What the sign-in page shows. Who is signed in and has no problem is sent on at once. A browser without next-auth's
 * form token is sent to fetch one, which comes back here: pages cannot set cookies.
 */
export async function signInVisit(parameters: SearchParameters): Promise<SignInVisit> {
  const given = (name: string) => [parameters[name]].flat()[0];
  const origin = publicOrigin();
  const next = sameOriginPath(given("next") ?? given("callbackUrl"), origin);
  const problem = problemNamed(given("error"));
  const elsewhere = properOrigin((await headers()).get("host"), origin);
  if (elsewhere)
    redirect(`${elsewhere}/sign-in?${new URLSearchParams({ next, ...(problem ? { error: problem } : {}) })}`);
  const session = await readSession();
  if (session && (!problem || endsWithSignIn(problem))) redirect(next);

  const { NEXTAUTH_SECRET } = readEnv(["NEXTAUTH_SECRET"]);
  const store = await cookies();
  const csrfToken = csrfTokenIn(store.get(csrfCookieName(isHttps(origin)))?.value, NEXTAUTH_SECRET);
  const hasFetchedToken = given("callbackUrl") !== undefined;
  if (csrfToken === null && !hasFetchedToken) {
    const query = new URLSearchParams({ callbackUrl: next, ...(problem ? { error: problem } : {}) });
    redirect(`/api/auth/signin?${query}`);
  }
  return {
    csrfToken,
    next,
    problem: csrfToken === null ? "CookiesBlocked" : problem,
    user: session?.user ?? null,
    followed: await followedLink(),
    hasForgotten: given("link") === "forgotten",
  };
}
