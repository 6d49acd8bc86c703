import "server-only";
import { and, eq, gt, sql } from "drizzle-orm";
import { connection } from "next/server";
import { cache } from "react";
import { db } from "@/db/client";
import { accountOwners, accounts } from "@/db/schema/accounts";
import { sessions, signIns, users } from "@/db/schema/identity";
import { sessionDigest } from "./adapter";
import { wayOf } from "./attempt";
import type { Way } from "./identity";
import { isFresh } from "./session-life";
import { sessionToken } from "./session-token";

export interface SessionAccount {
  lane: number;
  id: string;
  externalId: string;
  /** Whether an operator holds it: no new work starts on it. */
  isHeld: boolean;
}

export interface SignedIn {
  /** Whether the sign-in is recent enough to act for the platform. */
  isFresh: boolean;
  user: { id: string; name: string | null; email: string; way: Way };
  /** The way to sign in that was asked, in this browser and just now, to be added. */
  linking: Way | null;
  /** Null until the account is made, at the end of the first sign-in. */
  account: SessionAccount | null;
}

/** Who the browser's cookie says is here, read once a request: session, person and account in one query. */
export const readSession = cache(async (): Promise<SignedIn | null> => {
  await connection();
  const token = await sessionToken();
  if (!token) return null;
  const [row] = await db()
    .select({
      expires: sessions.expires,
      linkWay: sessions.linkWay,
      linkUntil: sessions.linkUntil,
      user: { id: users.id, name: users.name, email: users.email, provider: signIns.provider },
      account: {
        lane: accounts.lane,
        id: accounts.id,
        externalId: accounts.externalId,
        isHeld: sql<boolean>`coalesce(${accounts.status} = 'held', false)`,
      },
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .innerJoin(signIns, eq(signIns.userId, users.id))
    .leftJoin(accountOwners, eq(accountOwners.userId, users.id))
    .leftJoin(accounts, and(eq(accounts.lane, accountOwners.lane), eq(accounts.id, accountOwners.accountId)))
    .where(and(eq(sessions.sessionToken, sessionDigest(token)), gt(sessions.expires, new Date())))
    .orderBy(sql`${signIns.linkedAt} nulls first`)
    .limit(1);
  if (!row) return null;
  const { provider, ...user } = row.user;
  return {
    isFresh: isFresh(row.expires, Date.now()),
    user: { ...user, way: wayOf(provider) },
    linking: row.linkUntil !== null && row.linkUntil > new Date() ? row.linkWay : null,
    account: row.account,
  };
});
