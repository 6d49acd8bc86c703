import { createHash } from "node:crypto";
import { and, desc, eq, gt, inArray } from "drizzle-orm";
import type { Db } from "@/db/client";
import { sessions } from "@/db/schema/identity";
import { done, type Result, refused } from "@/lib/services/result";
import { sessionDigest } from "./adapter";
import { SESSION_SECONDS } from "./session-life";

/** A browser that is signed in. */
export interface OwnSession {
  /** Names it to its owner; nobody signs in by it. */
  id: string;
  signedInAt: Date;
  /** "Firefox on Linux"; null where it was not told. */
  browser: string | null;
  isThis: boolean;
}

/** Who asks, and the token their own browser holds. */
export interface Asking {
  userId: string;
  token: string;
}

const idOf = (digest: string): string => createHash("sha256").update(`session|${digest}`).digest("hex").slice(0, 24);

const liveOf = (userId: string) => and(eq(sessions.userId, userId), gt(sessions.expires, new Date()));

/** The browsers a person is signed in with now, the latest sign-in first. */
export async function ownSessions(db: Db, { userId, token }: Asking): Promise<OwnSession[]> {
  const rows = await db.select().from(sessions).where(liveOf(userId)).orderBy(desc(sessions.expires));
  const own = sessionDigest(token);
  return rows.map(({ sessionToken, expires, browser }) => ({
    id: idOf(sessionToken),
    signedInAt: new Date(expires.getTime() - SESSION_SECONDS * 1_000),
    browser,
    isThis: sessionToken === own,
  }));
}

/**
 * Signs out one of a person's other browsers, or all of them: the next thing asked by it is refused.
 * @param id without it, all
 * @returns how many were signed out; `not_found` for one that is nobody's, somebody else's, or this very browser
 */
export async function endOtherSessions(db: Db, { userId, token }: Asking, id?: string): Promise<Result<number>> {
  const rows = await db.select({ digest: sessions.sessionToken }).from(sessions).where(liveOf(userId));
  const own = sessionDigest(token);
  const ended = rows.flatMap(({ digest }) =>
    digest !== own && (id === undefined || idOf(digest) === id) ? digest : [],
  );
  if (ended.length === 0 && id !== undefined) return refused("not_found", "that browser is signed out already");
  if (ended.length > 0) {
    await db.delete(sessions).where(and(eq(sessions.userId, userId), inArray(sessions.sessionToken, ended)));
  }
  return done(ended.length, ended.length > 0);
}
