import { and, eq, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { sessions, signIns, users } from "@/db/schema/identity";
import { done, type Result, refused } from "@/lib/services/result";
import { sessionDigest } from "./adapter";
import { wayOf } from "./attempt";
import type { Way } from "./identity";
import type { Asking } from "./own-sessions";

/** As long as a sign-in at a provider may take. */
const LINK_MS = 15 * 60_000;

/** The ways a person signs in, the first one first. */
export async function ownWays(db: Db, userId: string): Promise<Way[]> {
  const rows = await db
    .select({ provider: signIns.provider })
    .from(signIns)
    .where(eq(signIns.userId, userId))
    .orderBy(sql`${signIns.linkedAt} nulls first`);
  return rows.map(({ provider }) => wayOf(provider));
}

/** Remembers for a quarter of an hour, for this browser alone, that a way to sign in is to be added. */
export async function askToLink(db: Db, { userId, token }: Asking, way: Way): Promise<Result<null>> {
  if ((await ownWays(db, userId)).includes(way)) return refused("conflict", "You sign in with it already.");
  await db
    .update(sessions)
    .set({ linkWay: way, linkUntil: new Date(Date.now() + LINK_MS) })
    .where(and(eq(sessions.sessionToken, sessionDigest(token)), eq(sessions.userId, userId)));
  return done(null);
}

/**
 * Takes a way to sign in from a person, never the last: two that are taken at once leave one.
 * Refused as `not_found` where it is not theirs, as `invalid` where it is the last.
 */
export function unlink(db: Db, userId: string, way: Way): Promise<Result<Way>> {
  return db.transaction(async (tx): Promise<Result<Way>> => {
    await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for("update");
    const own = await tx.select().from(signIns).where(eq(signIns.userId, userId));
    const going = own.find(({ provider }) => provider === way);
    if (!going) return refused("not_found", "You do not sign in with it.");
    if (own.length === 1) {
      return refused("invalid", "It is the only way you have. Add another one first; then you can remove this one.");
    }
    await tx.delete(signIns).where(and(eq(signIns.userId, userId), eq(signIns.provider, way)));
    if (going.linkedAt === null) {
      await tx
        .update(users)
        .set({ firstWay: sql`coalesce(${users.firstWay}, ${way})` })
        .where(eq(users.id, userId));
    }
    return done(way);
  });
}
