import "server-only";
import { cookies } from "next/headers";
import { readEnv } from "@/lib/env";
import { type OpenedAccount, openAccount } from "@/lib/services/accounts/open-account";
import { context } from "./context";
import { referralCookieName } from "./cookie-names";
import { isHttps, publicOrigin } from "./public-origin";
import { latestLink } from "./referral-cookie";

interface Person {
  id: string;
  name: string | null;
  /** Proved by the sign-in. */
  email: string;
}

export interface OwnAccount {
  account: OpenedAccount;
  /** Whether it was made just now. */
  opened: boolean;
}

/**
 * The account of somebody who has signed in: made at the first sign-in, with the referral link they followed, and found
 * afterwards. Safe to repeat, so a page can make up for a sign-in that was cut short.
 * @param carried a followed link that came along in a confirmation mail, from the browser that asked for it.
 */
export async function openOwnAccount(person: Person, carried: string | null = null): Promise<OwnAccount> {
  const { NEXTAUTH_SECRET } = readEnv(["NEXTAUTH_SECRET"]);
  const kept = (await cookies()).get(referralCookieName(isHttps(publicOrigin())))?.value;
  const link = latestLink([kept, carried], NEXTAUTH_SECRET, new Date());
  const who = {
    userId: person.id,
    email: person.email,
    emailVerified: true,
    ...(person.name ? { name: person.name } : {}),
  };
  const opened = await openAccount(context(), { ...who, ...(link ? { referralCode: link.code } : {}) });
  if (opened.ok) return { account: opened.value, opened: opened.created };
  // A link that went bad since it was followed must not keep anybody out.
  const without = link ? await openAccount(context(), who) : opened;
  if (without.ok) return { account: without.value, opened: without.created };
  throw new Error(`no account could be opened for a signed-in person: ${without.problem.detail}`);
}
