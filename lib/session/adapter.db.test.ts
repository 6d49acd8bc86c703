import { eq } from "drizzle-orm";
import type { AdapterUser } from "next-auth/adapters";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connect, type Db } from "@/db/client";
import { sessions, signIns, users, verificationTokens } from "@/db/schema/identity";
import { createDatabase, type TestDatabase } from "@/db/testing/database";
import { addWay, endSession, type FirstSignIn, signInAdapter } from "./adapter";
import { judgeArrival, tooManyLinks } from "./attempt";
import { endOtherSessions, ownSessions } from "./own-sessions";
import { askToLink, ownWays, unlink } from "./own-ways";

let database: TestDatabase;
let db: Db;
let allowedIn: FirstSignIn | null;
const adapter = (browser: string | null = null) => called(signInAdapter(db, () => allowedIn, browser));

const later = (ms: number) => new Date(Date.now() + ms);
const HOUR_MS = 3_600_000;

beforeAll(async () => {
  database = await createDatabase();
  db = connect({ url: database.url("web"), connectionsMax: 4 });
});

beforeEach(async () => {
  await db.delete(users);
  await db.delete(verificationTokens);
  allowedIn = null;
});

afterAll(async () => {
  await db.$client.end();
  await database.close();
});

/** The methods next-auth calls, all of which are there. */
function called({
  createUser,
  linkAccount,
  createSession,
  getSessionAndUser,
  ...rest
}: ReturnType<typeof signInAdapter>) {
  if (!createUser || !linkAccount || !createSession || !getSessionAndUser) throw new Error("a method is missing");
  return { createUser, linkAccount, createSession, getSessionAndUser, ...rest };
}

/** Signs a newcomer in as next-auth does it. */
async function arrive(first: FirstSignIn, email: string): Promise<AdapterUser> {
  allowedIn = first;
  const { createUser, linkAccount } = adapter();
  const user: AdapterUser = await createUser({ email, emailVerified: null, name: "Ada" });
  const tokens = { access_token: "secret-access", refresh_token: "secret-refresh", id_token: "secret-id" };
  const identity = { provider: first.way, providerAccountId: first.providerAccountId };
  await linkAccount({ ...identity, ...tokens, type: "oauth", userId: user.id });
  return user;
}

describe("the sign-in storage", () => {
  it("writes a person with their one way to sign in, and none of the provider's tokens", async () => {
    const ada = await arrive({ way: "google", providerAccountId: "1" }, "ada@example.com");
    const rows = await db.select().from(signIns);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ userId: ada.id, provider: "google", type: "oauth", providerAccountId: "1" });
    expect(JSON.stringify(rows)).not.toContain("secret");
  });

  it("leaves nothing of a person whose way to sign in is taken", async () => {
    await arrive({ way: "google", providerAccountId: "1" }, "ada@example.com");
    await expect(arrive({ way: "google", providerAccountId: "1" }, "bob@example.com")).rejects.toThrow();
    expect(await db.select().from(users)).toHaveLength(1);
  });

  it("never links a second way to somebody who did not ask, signed in or not", async () => {
    const ada = await arrive({ way: "google", providerAccountId: "1" }, "ada@example.com");
    const second = { provider: "github", providerAccountId: "2", type: "oauth" as const, userId: ada.id };
    await expect(adapter().linkAccount(second)).rejects.toThrow("only where it was asked for");
    expect(await db.select().from(signIns)).toHaveLength(1);
  });

  it("makes nobody whom no rule let in", async () => {
    await expect(adapter().createUser({ email: "eve@example.com", emailVerified: null })).rejects.toThrow();
    expect(await db.select().from(users)).toHaveLength(0);
  });

  it("stores a session under a digest that does not open it", async () => {
    const ada = await arrive({ way: "google", providerAccountId: "1" }, "ada@example.com");
    const session = await adapter().createSession({ sessionToken: "t0ken", userId: ada.id, expires: later(HOUR_MS) });
    expect(session.sessionToken).toBe("t0ken");
    const [row] = await db.select().from(sessions);
    expect(row?.sessionToken).toMatch(/^[0-9a-f]{64}$/);
    expect(await adapter().getSessionAndUser(row?.sessionToken ?? "")).toBeNull();
    const found = await adapter().getSessionAndUser("t0ken");
    expect(found).toMatchObject({ user: { id: ada.id }, session: { sessionToken: "t0ken" } });
  });

  it("ends a session by its token, and drops a person's expired ones at the next sign-in", async () => {
    const ada = await arrive({ way: "google", providerAccountId: "1" }, "ada@example.com");
    await adapter().createSession({ sessionToken: "old", userId: ada.id, expires: later(-1) });
    await adapter().createSession({ sessionToken: "new", userId: ada.id, expires: later(HOUR_MS) });
    expect(await db.select().from(sessions)).toHaveLength(1);
    await endSession(db, "new");
    expect(await db.select().from(sessions)).toHaveLength(0);
  });
});

describe("somebody who comes back from a provider", () => {
  const arrival = { way: "github", providerAccountId: "2", email: "ada@example.com", signedInUserId: null } as const;

  it("is refused when the address is opened by another provider", async () => {
    await arrive({ way: "google", providerAccountId: "1" }, "ada@example.com");
    expect(await judgeArrival(db, arrival)).toBe("UseGoogle");
    expect(await judgeArrival(db, { ...arrival, way: "email", providerAccountId: "ada@example.com" })).toBe(
      "UseGoogle",
    );
    expect(await judgeArrival(db, { ...arrival, email: "new@example.com" })).toBeNull();
  });

  it("is let in again by the same way", async () => {
    const ada = await arrive({ way: "github", providerAccountId: "2" }, "ada@example.com");
    expect(await judgeArrival(db, arrival)).toBeNull();
    expect(await judgeArrival(db, { ...arrival, signedInUserId: ada.id })).toBeNull();
    expect(await judgeArrival(db, { ...arrival, signedInUserId: "somebody else" })).toBe("SignedInAlready");
  });

  it("may race with themselves and is one person", async () => {
    const first = { way: "google", providerAccountId: "1" } as const;
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => arrive(first, "ada@example.com")));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await db.select().from(users).where(eq(users.email, "ada@example.com"))).toHaveLength(1);
  });
});

describe("a session", () => {
  it("ends when its sign-in said it would, however often it is used", async () => {
    const ada = await arrive({ way: "google", providerAccountId: "1" }, "ada@example.com");
    const expires = later(HOUR_MS);
    await adapter().createSession({ sessionToken: "token", userId: ada.id, expires });
    expect(await adapter().updateSession?.({ sessionToken: "token", expires: later(24 * HOUR_MS) })).toBeNull();
    expect(await adapter().getSessionAndUser("token")).toMatchObject({ session: { expires } });
  });
});

describe("links by mail", () => {
  it("are five at most for one address within their life", async () => {
    const create = (token: string, expires: Date) =>
      adapter().createVerificationToken?.({ identifier: "ada@example.com", token, expires });
    await create("expired", later(-1));
    for (const token of ["1", "2", "3", "4"]) await create(token, later(HOUR_MS));
    expect(await tooManyLinks(db, "ada@example.com", new Date())).toBe(false);
    await create("5", later(HOUR_MS));
    expect(await tooManyLinks(db, "ada@example.com", new Date())).toBe(true);
    expect(await tooManyLinks(db, "bob@example.com", new Date())).toBe(false);
    expect(await tooManyLinks(db, "ada@example.com", later(2 * HOUR_MS))).toBe(false);
  });

  it("work once", async () => {
    const link = { identifier: "ada@example.com", token: "once" };
    await adapter().createVerificationToken?.({ ...link, expires: later(HOUR_MS) });
    expect(await adapter().useVerificationToken?.(link)).toMatchObject(link);
    expect(await adapter().useVerificationToken?.(link)).toBeNull();
  });
});

describe("the browsers somebody is signed in with", () => {
  it("are listed latest first and signed out one by one or all but this one, nobody else's with them", async () => {
    const ada = await arrive({ way: "google", providerAccountId: "sessions-ada" }, "sessions-ada@example.com");
    const ben = await arrive({ way: "google", providerAccountId: "sessions-ben" }, "sessions-ben@example.com");
    const { createSession } = adapter();
    const days = [10, 20, 29, 30];
    for (const [index, day] of days.entries()) {
      await createSession({ sessionToken: `ada-${index}`, userId: ada.id, expires: later(day * 24 * HOUR_MS) });
    }
    await adapter("Firefox on Linux").createSession({
      sessionToken: "ada-phone",
      userId: ada.id,
      expires: later(5 * 24 * HOUR_MS),
    });
    await createSession({ sessionToken: "ada-over", userId: ada.id, expires: later(-HOUR_MS) });
    await createSession({ sessionToken: "ben", userId: ben.id, expires: later(HOUR_MS) });
    const here = { userId: ada.id, token: "ada-1" };

    const listed = await ownSessions(db, here);
    expect(listed.map(({ isThis }) => isThis)).toEqual([false, false, true, false, false]);
    expect(listed.map(({ browser }) => browser)).toEqual([null, null, null, null, "Firefox on Linux"]);
    const [latest, , own] = listed;
    expect(await endOtherSessions(db, here, own?.id)).toMatchObject({ ok: false });
    expect(await endOtherSessions(db, { ...here, userId: ben.id }, latest?.id)).toMatchObject({ ok: false });
    expect(await endOtherSessions(db, here, latest?.id)).toMatchObject({ ok: true, value: 1 });
    expect(await endOtherSessions(db, here)).toMatchObject({ ok: true, value: 3 });
    expect(await endOtherSessions(db, here)).toMatchObject({ ok: true, value: 0 });
    expect((await ownSessions(db, here)).map(({ isThis }) => isThis)).toEqual([true]);
    expect(await ownSessions(db, { userId: ben.id, token: "ben" })).toHaveLength(1);
  });
});

describe("ways to sign in", () => {
  const identity = { way: "github", providerAccountId: "7" } as const;
  const link = (userId: string) =>
    adapter().linkAccount({ provider: "github", providerAccountId: "7", type: "oauth", userId });

  it("are added to whoever asked, once, and to nobody else", async () => {
    const ada = await arrive({ way: "google", providerAccountId: "1" }, "ada@example.com");
    const bob = await arrive({ way: "google", providerAccountId: "2" }, "bob@example.com");
    allowedIn = identity;
    await expect(link(ada.id)).rejects.toThrow("only where it was asked for");
    allowedIn = { ...identity, linkTo: ada.id };
    await expect(link(bob.id)).rejects.toThrow("only where it was asked for");
    await link(ada.id);
    expect(await ownWays(db, ada.id)).toEqual(["google", "github"]);
    allowedIn = { ...identity, linkTo: bob.id };
    await expect(link(bob.id)).rejects.toThrow();
    expect(await ownWays(db, bob.id)).toEqual(["google"]);
  });

  it("may be links to one's own address", async () => {
    const ada = await arrive({ way: "google", providerAccountId: "1" }, "ada@example.com");
    const bob = await arrive({ way: "google", providerAccountId: "2" }, "bob@example.com");
    const byMail = { way: "email", providerAccountId: "ada@example.com" } as const;
    await addWay(db, ada.id, byMail);
    expect(await ownWays(db, ada.id)).toEqual(["google", "email"]);
    await expect(addWay(db, bob.id, byMail)).rejects.toThrow();
    expect(await ownWays(db, bob.id)).toEqual(["google"]);
  });

  it("are asked for by one browser, for a quarter of an hour, and what was asked is used up", async () => {
    const ada = await arrive({ way: "google", providerAccountId: "1" }, "ada@example.com");
    for (const token of ["here", "there"]) {
      await adapter().createSession({ sessionToken: token, userId: ada.id, expires: later(HOUR_MS) });
    }
    expect(await askToLink(db, { userId: ada.id, token: "here" }, "google")).toMatchObject({ ok: false });
    await askToLink(db, { userId: ada.id, token: "here" }, "github");
    const asked = await db.select().from(sessions);
    expect(asked.map(({ linkWay }) => linkWay).sort()).toEqual(["github", null]);
    const until = asked.find(({ linkWay }) => linkWay)?.linkUntil?.getTime() ?? 0;
    expect(until).toBeLessThanOrEqual(Date.now() + 15 * 60_000);
    allowedIn = { ...identity, linkTo: ada.id };
    await link(ada.id);
    expect((await db.select().from(sessions)).map(({ linkWay }) => linkWay)).toEqual([null, null]);
  });

  it("are taken away, but never the last, also when two are taken at once", async () => {
    const ada = await arrive({ way: "google", providerAccountId: "1" }, "ada@example.com");
    expect(await unlink(db, ada.id, "google")).toMatchObject({ ok: false, problem: { code: "invalid" } });
    expect(await unlink(db, ada.id, "github")).toMatchObject({ ok: false, problem: { code: "not_found" } });
    allowedIn = { ...identity, linkTo: ada.id };
    await link(ada.id);
    const both = await Promise.all([unlink(db, ada.id, "google"), unlink(db, ada.id, "github")]);
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(await ownWays(db, ada.id)).toHaveLength(1);
  });
});
