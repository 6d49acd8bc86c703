import "server-only";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { openOwnAccount } from "./open-own-account";
import { REQUEST_PATH_HEADER } from "./page-headers";
import type { Problem } from "./problems";
import { publicOrigin } from "./public-origin";
import { readSession } from "./read-session";
import { sameOriginPath } from "./same-origin-path";
import { sessionToken } from "./session-token";

export interface CurrentAccount {
  lane: number;
  /** The account's uuid. */
  id: string;
  externalId: string;
  /** Whether an operator holds it: no new work starts on it. */
  isHeld: boolean;
  user: { name: string | null; email: string };
}

/** The account of whoever is signed in, or null. Makes it if the first sign-in was cut short before it could. */
export const currentAccount = cache(async (): Promise<CurrentAccount | null> => {
  const session = await readSession();
  if (!session) return null;
  const { lane, id, externalId } = session.account ?? (await openOwnAccount(session.user)).account;
  const { name, email } = session.user;
  return { lane, id, externalId, isHeld: session.account?.isHeld ?? false, user: { name, email } };
});

/**
 * The same, or off to the sign-in page and back.
 * @param next the page to come back to; without it, the one that was asked for.
 */
export async function requireAccount(next?: string): Promise<CurrentAccount> {
  const account = await currentAccount();
  if (account) return account;
  const asked = next ?? (await headers()).get(REQUEST_PATH_HEADER);
  // A browser drops the cookie of a session that came to its end by itself.
  redirect(signInPath(asked, (await sessionToken()) === null ? "SessionRequired" : "SessionEnded"));
}

/** The sign-in page, which says why one is there and leads back to `next` if that is a page of ours. */
export const signInPath = (next: string | null | undefined, why: Problem): string =>
  `/sign-in?${new URLSearchParams({ next: sameOriginPath(next, publicOrigin()), error: why })}`;
