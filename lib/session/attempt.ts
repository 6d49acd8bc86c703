import { and, eq, gt } from "drizzle-orm";
import type { Db } from "@/db/client";
import { signIns, users, verificationTokens } from "@/db/schema/identity";
import type { FirstSignIn } from "./adapter";
import type { Way } from "./identity";
import { refusalOf } from "./link-rule";
import type { Problem } from "./problems";

interface Arrival extends FirstSignIn {
  email: string | null;
  /** Who is signed in in this browser right now. */
  signedInUserId: string | null;
  /** The way they asked to have added; null for none. */
  linking?: Way | null;
}

/** Looks up who somebody coming back from a provider might be; null when they may go on. */
export async function judgeArrival(db: Db, arrival: Arrival): Promise<Problem | null> {
  const { way, providerAccountId, email } = arrival;
  const known = await db
    .select({ userId: signIns.userId })
    .from(signIns)
    .where(and(eq(signIns.provider, way), eq(signIns.providerAccountId, providerAccountId)));
  const holders =
    email === null
      ? []
      : await db
          .select({ userId: users.id, provider: signIns.provider })
          .from(users)
          .innerJoin(signIns, eq(signIns.userId, users.id))
          .where(eq(users.email, email));
  const holder = holders[0];
  return refusalOf({
    ...arrival,
    knownUserId: known[0]?.userId ?? null,
    holder: holder ? { userId: holder.userId, way: wayOf(holder.provider) } : null,
  });
}

export function wayOf(provider: string): Way {
  if (provider === "google" || provider === "github" || provider === "email") return provider;
  throw new Error(`nobody signs in with ${provider}`);
}

const LINKS_MAX = 5;

/** Whether as many links as a person may ask for are still open: mails are not a way to pester somebody. */
export async function tooManyLinks(db: Db, email: string, now: Date): Promise<boolean> {
  const open = await db
    .select({ expires: verificationTokens.expires })
    .from(verificationTokens)
    .where(and(eq(verificationTokens.identifier, email), gt(verificationTokens.expires, now)))
    .limit(LINKS_MAX);
  return open.length >= LINKS_MAX;
}
