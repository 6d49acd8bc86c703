import { createHash, randomUUID } from "node:crypto";
import { DrizzleAdapter } from "@auth/drizzle-adapter";
import { and, eq, lt } from "drizzle-orm";
import type { Adapter, AdapterSession, AdapterUser } from "next-auth/adapters";
import type { Db } from "@/db/client";
import { sessions, signIns, users, verificationTokens } from "@/db/schema/identity";
import type { Way } from "./identity";

/** An identity about to become a way to sign in: the first of somebody new, or one more of whoever asked for it. */
export interface FirstSignIn {
  way: Way;
  providerAccountId: string;
  /** Whose it is added to; absent for somebody new. */
  linkTo?: string;
}

/** Sessions are stored under a digest of their token: who reads the database cannot sign in with what is there. */
export const sessionDigest = (token: string): string => createHash("sha256").update(token).digest("hex");

export async function endSession(db: Db, token: string): Promise<void> {
  await db.delete(sessions).where(eq(sessions.sessionToken, sessionDigest(token)));
}

/** Gives somebody one more way to sign in, which they asked for in one of their browsers; that is then answered. */
export async function addWay(db: Db, userId: string, { way, providerAccountId }: FirstSignIn): Promise<void> {
  await db.transaction(async (tx) => {
    const row = { userId, type: typeOf(way), provider: way, providerAccountId, linkedAt: new Date() };
    await tx.insert(signIns).values(row);
    await tx.update(sessions).set({ linkWay: null, linkUntil: null }).where(eq(sessions.userId, userId));
  });
}

const typeOf = (way: Way): "email" | "oauth" => (way === "email" ? "email" : "oauth");

/**
 * next-auth's storage, with three differences: a person and their first way to sign in are written together or not at
 * all; nothing is linked to somebody who exists unless they asked for it; neither provider tokens nor session tokens are
 * stored.
 * @param firstSignIn the identity that was allowed in by the request being answered.
 * @param browser what its sender signs in with, in our own words; null where that is not known.
 */
export function signInAdapter(db: Db, firstSignIn: () => FirstSignIn | null, browser: string | null): Adapter {
  const base: Adapter = DrizzleAdapter(db, {
    usersTable: users,
    accountsTable: signIns,
    sessionsTable: sessions,
    verificationTokensTable: verificationTokens,
  });

  return {
    getUser: required(base.getUser),
    getUserByEmail: required(base.getUserByEmail),
    getUserByAccount: required(base.getUserByAccount),
    updateUser: required(base.updateUser),
    useVerificationToken: required(base.useVerificationToken),

    async createUser(user: Omit<AdapterUser, "id">): Promise<AdapterUser> {
      const first = firstSignIn();
      if (first === null || first.linkTo !== undefined)
        throw new Error("a person was to be made without a way to sign in");
      const { way: provider, providerAccountId } = first;
      const person = {
        id: randomUUID(),
        name: user.name ?? null,
        email: user.email,
        emailVerified: new Date(),
        image: null,
      };
      await db.transaction(async (tx) => {
        await tx.insert(users).values(person);
        const row = { userId: person.id, type: typeOf(provider), provider, providerAccountId };
        await tx.insert(signIns).values(row);
      });
      return person;
    },

    /** next-auth calls this for new people, who have their row already, and silently for whoever is signed in. */
    async linkAccount({ provider, providerAccountId, userId }: Identified): Promise<void> {
      const rows = await db
        .select({ userId: signIns.userId })
        .from(signIns)
        .where(and(eq(signIns.provider, provider), eq(signIns.providerAccountId, providerAccountId)));
      if (rows[0]?.userId === userId) return;
      const asked = firstSignIn();
      const isAsked = rows.length === 0 && asked?.linkTo === userId && asked.way === provider;
      if (!isAsked || asked.providerAccountId !== providerAccountId)
        throw new Error("a second way to sign in is linked only where it was asked for");
      await addWay(db, userId, asked);
    },

    async createSession(session: AdapterSession): Promise<AdapterSession> {
      await db.delete(sessions).where(and(eq(sessions.userId, session.userId), lt(sessions.expires, new Date())));
      await db.insert(sessions).values({ ...session, browser, sessionToken: sessionDigest(session.sessionToken) });
      return session;
    },

    async getSessionAndUser(token: string) {
      const found = await required(base.getSessionAndUser)(sessionDigest(token));
      return found && { user: found.user, session: { ...found.session, sessionToken: token } };
    },

    /** next-auth would extend a session that is in use; see `session-life.ts`. */
    updateSession: async () => null,

    deleteSession: (token: string) => endSession(db, token),

    async createVerificationToken(token) {
      await db.delete(verificationTokens).where(lt(verificationTokens.expires, new Date()));
      await db.insert(verificationTokens).values(token);
      return token;
    },
  };
}

interface Identified {
  provider: string;
  providerAccountId: string;
  userId: string;
}

function required<T>(method: T | undefined): T {
  if (method === undefined) throw new Error("the database adapter lacks a method that signing in needs");
  return method;
}
