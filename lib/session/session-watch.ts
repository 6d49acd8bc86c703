import "server-only";
import { and, eq, gt, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { sessions } from "@/db/schema/identity";
import { sessionDigest } from "./adapter";
import { sessionToken } from "./session-token";

/** @returns whether the session of this request still stands, to be asked as often as an answer goes on for long. */
export async function sessionWatch(): Promise<() => Promise<boolean>> {
  const digest = sessionDigest((await sessionToken()) ?? "");
  return async () => {
    const standing = await db()
      .select({ one: sql`1` })
      .from(sessions)
      .where(and(eq(sessions.sessionToken, digest), gt(sessions.expires, new Date())))
      .limit(1);
    return standing.length > 0;
  };
}
