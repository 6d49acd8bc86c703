import "server-only";
import { randomBytes } from "node:crypto";
import { cookies } from "next/headers";
import type { AuthOptions } from "next-auth";
import { db } from "@/db/client";
import { readEnv } from "@/lib/env";
import { addWay, endSession, type FirstSignIn, signInAdapter } from "./adapter";
import { judgeArrival, tooManyLinks, wayOf } from "./attempt";
import { sessionCookieName, signInCookies } from "./cookie-names";
import { signInLogger } from "./logger";
import { openOwnAccount } from "./open-own-account";
import type { Problem } from "./problems";
import { email, github, google } from "./providers";
import { isHttps, publicOrigin } from "./public-origin";
import { readSession } from "./read-session";
import { sameOriginPath } from "./same-origin-path";
import { sendSignInLink } from "./send-sign-in-link";
import { SESSION_SECONDS } from "./session-life";

export interface SignInRequest {
  /** The followed referral link that came along in a confirmation mail. */
  carried: string | null;
  /** What it was sent with, in our own words: "Firefox on Linux". */
  browser: string | null;
  /** Told when the sign-in has opened an account. */
  onOpened: () => void;
}

/** next-auth's options, made anew for every request: `next build` sets no variables. */
export function authOptions({ carried, browser, onOpened }: SignInRequest): AuthOptions {
  const env = readEnv([
    "NEXTAUTH_SECRET",
    "GOOGLE_CLIENT_ID",
    "GOOGLE_CLIENT_SECRET",
    "GOOGLE_ISSUER",
    "GITHUB_CLIENT_ID",
    "GITHUB_CLIENT_SECRET",
    "GITHUB_URL",
    "GITHUB_API_URL",
  ]);
  const origin = publicOrigin();
  const https = isHttps(origin);
  const explained = (problem: Problem) => `${origin}/sign-in?error=${problem}`;
  let allowedIn: FirstSignIn | null = null;

  return {
    secret: env.NEXTAUTH_SECRET,
    useSecureCookies: https,
    cookies: signInCookies(https),
    providers: [google(env), github(env), email(sendSignInLink)],
    adapter: signInAdapter(db(), () => allowedIn, browser),
    session: {
      strategy: "database",
      maxAge: SESSION_SECONDS,
      generateSessionToken: () => randomBytes(32).toString("base64url"),
    },
    pages: { signIn: "/sign-in", error: "/sign-in", verifyRequest: "/sign-in/check-inbox", signOut: "/" },
    logger: signInLogger,
    callbacks: {
      redirect: ({ url, baseUrl }) => `${baseUrl}${sameOriginPath(url, baseUrl, "/")}`,

      async signIn({ account, user, profile, email: mail }) {
        if (!account) return explained("AccessDenied");
        const way = wayOf(account.provider);
        // Asking for a link says nothing about the address: what holds of it is told to who opens the link.
        if (mail?.verificationRequest) {
          const pestered = await tooManyLinks(db(), account.providerAccountId, new Date());
          return pestered ? explained("TooManyLinks") : true;
        }
        const arrival = { way, providerAccountId: account.providerAccountId };
        const vouched = way === "email" ? user.email : profile?.email;
        const signedIn = await readSession();
        // Links by mail are added for one's own address alone; one for another address signs in whose it is.
        const isLinking = signedIn?.linking === way && (way !== "email" || vouched === signedIn.user.email);
        const problem = await judgeArrival(db(), {
          ...arrival,
          email: vouched ?? null,
          signedInUserId: signedIn?.user.id ?? null,
          linking: isLinking ? way : null,
        });
        if (problem) return explained(problem);
        allowedIn = isLinking ? { ...arrival, linkTo: signedIn.user.id } : arrival;
        return true;
      },
    },
    events: {
      async signIn({ user, account }) {
        // next-auth starts a new session after a link by mail, and forgets to end the one it replaces.
        const replaced = account?.provider === "email" ? (await cookies()).get(sessionCookieName(https)) : undefined;
        if (replaced) await endSession(db(), replaced.value);
        if (!user.email) throw new Error("somebody signed in without an address");
        // Of a provider next-auth tells the adapter; of a link by mail it does not.
        if (account?.provider === "email" && allowedIn?.linkTo === user.id) await addWay(db(), user.id, allowedIn);
        const own = await openOwnAccount({ id: user.id, name: user.name ?? null, email: user.email }, carried);
        if (own.opened) onOpened();
      },
    },
  };
}
