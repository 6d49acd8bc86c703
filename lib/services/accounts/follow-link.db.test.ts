import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connect, type Db } from "@/db/client";
import { accounts, referralCodes } from "@/db/schema/accounts";
import { linkFollows } from "@/db/schema/programs";
import { createDatabase, type TestDatabase } from "@/db/testing/database";
import { followLink } from "./follow-link";

let database: TestDatabase;
let db: Db;
const account = { lane: 1, id: "019a9000-0000-7000-8000-000000000001" };
const signedUpAt = new Date("2026-01-01T00:00:00.000Z");
const at = (iso: string) => ({ db, clock: () => new Date(iso) });

beforeAll(async () => {
  database = await createDatabase();
  db = connect({ url: database.url("web"), connectionsMax: 4 });
  await db.insert(accounts).values({
    ...account,
    externalId: "ravi",
    namedByPlatform: true,
    signedUpAt,
    createdAt: signedUpAt,
    updatedAt: signedUpAt,
    referralCode: "5t99c9je",
  });
  await db.insert(referralCodes).values({ code: "5t99c9je", lane: account.lane, accountId: account.id });
});

afterAll(async () => {
  await db.$client.end();
  await database.close();
});

describe("following a referral link", () => {
  it("counts by day of UTC, also when many follow at once", async () => {
    const follow = (iso: string) => followLink(at(iso), { code: "5T99c9je", isNewVisitor: true });
    await Promise.all(Array.from({ length: 12 }, () => follow("2026-11-21T23:59:59.999Z")));
    const followed = await follow("2026-11-22T00:00:00.000Z");
    expect(followed).toMatchObject({ ok: true, value: { code: "5t99c9je" } });
    const rows = await db.select().from(linkFollows).orderBy(linkFollows.day);
    expect(rows.map(({ day, count }) => [day, count])).toEqual([
      ["2026-11-21", 12],
      ["2026-11-22", 1],
    ]);
  });

  it("refuses a code that is nobody's, or cannot be one, and counts nothing", async () => {
    const before = await db.select().from(linkFollows);
    for (const code of ["unknown1", "", "x", "a'b;--", "5t99c9je ", "%00", "a".repeat(65)]) {
      expect(await followLink(at("2026-11-21T00:00:00Z"), { code, isNewVisitor: true })).toMatchObject({
        ok: false,
        problem: { code: "not_found" },
      });
    }
    expect(await db.select().from(linkFollows)).toEqual(before);
  });

  it("leads a browser that followed it before to the same account, and counts it no second time", async () => {
    const before = await db.select().from(linkFollows);
    const again = await followLink(at("2026-11-22T00:00:01.000Z"), { code: "5t99c9je", isNewVisitor: false });
    expect(again).toMatchObject({ ok: true, value: { code: "5t99c9je" } });
    expect(await db.select().from(linkFollows)).toEqual(before);
  });

  it("refuses the link of an account that is closed", async () => {
    await db.update(accounts).set({ status: "closed" }).where(eq(accounts.id, account.id));
    const followed = await followLink(at("2026-11-22T00:00:02.000Z"), { code: "5t99c9je", isNewVisitor: true });
    expect(followed).toMatchObject({ ok: false, problem: { code: "not_found" } });
    await db.update(accounts).set({ status: "active" }).where(eq(accounts.id, account.id));
  });
});
