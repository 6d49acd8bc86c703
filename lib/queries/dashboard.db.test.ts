import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { markBonusSeen } from "@/lib/services/accounts/mark-bonus-seen";
import { noteVisit } from "@/lib/services/accounts/note-visit";
import { reverseDeposit } from "@/lib/services/funds/reverse-deposit";
import { lastVisitOf } from "./last-visit";
import { forecastOf } from "./runway";
import { type Books, openBooks, settled } from "./testing/books";

vi.mock("server-only", () => ({}));
vi.mock("next/server", () => ({ connection: async () => {} }));

let books: Books;

beforeAll(async () => {
  books = await openBooks();
});

afterAll(() => books.close());

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const ago = (ms: number) => new Date(Date.now() - ms);
/** Milliseconds of a forecast, to the hour: some pass while the test runs. */
const hours = (ms: string | undefined) => Math.round(Number(ms) / HOUR_MS);

describe("the forecast", () => {
  test("says that there is no pace where nothing was used, and how much is missing to the bar", async () => {
    const account = await books.account({ externalId: "f1" });
    await books.deposit(account, "4");
    expect(await forecastOf(account)).toEqual({ paces: [], lasts: null, reach: { kind: "short", short: "6" } });
    await books.deposit(account, "6");
    expect((await forecastOf(account)).reach).toEqual({ kind: "idle" });
  });

  test("goes by what ran within the last hour where that is the most, beside the last day and week", async () => {
    const account = await books.account({ externalId: "f2", signedUpAt: ago(30 * DAY_MS) });
    await books.deposit(account, "20");
    const { externalId: subject } = account;
    await books.use([
      { subject, amount: "2", durationMs: HOUR_MS },
      { subject, amount: "7", durationMs: HOUR_MS, time: ago(3 * DAY_MS) },
    ]);
    const { paces, lasts, reach } = await forecastOf(account);
    expect(paces.map(({ over }) => over)).toEqual(["hour", "day", "week"]);
    expect(lasts).toMatchObject({ told: { over: "hour" }, longest: { over: "week" }, isApart: true });
    expect(hours(lasts?.told.ms)).toBe(Math.round(11 / 2));
    expect(hours(lasts?.shortest.ms)).toBe(Math.round(11 / 2));
    expect(hours(lasts?.longest.ms)).toBe(Math.round((11 / 9) * 7 * 24));
    expect(reach).toMatchObject({ kind: "between", shortest: { over: "hour" }, longest: { over: "week" } });
  });

  test("an hour of many postings is judged by the day", async () => {
    const account = await books.account({ externalId: "f3" });
    await books.deposit(account, "20");
    const event = { subject: account.externalId, amount: "0.001", durationMs: 1_000 };
    await books.use(Array.from({ length: 2_000 }, () => event));
    expect((await forecastOf(account)).paces.map(({ over }) => over)).toEqual(["day"]);
  });

  test("tells of no bar where no bonus is to come", async () => {
    const account = await books.account({ externalId: "f4", newAccount: false });
    expect((await forecastOf(account)).reach).toBeNull();
  });
});

describe("what changed since last time", () => {
  /** Somebody looked so long ago, and what was there then was remembered. */
  async function looked(account: Awaited<ReturnType<Books["account"]>>, ms: number) {
    const { look } = await lastVisitOf(account);
    await noteVisit(books.ctx, { account, look: { ...look, at: ago(ms) } });
  }

  test("is nothing during the first visit, and then counts from the end of the visit before", async () => {
    const account = await books.account({ externalId: "v1" });
    await books.deposit(account, "5");
    expect((await lastVisitOf(account)).since).toBeNull();
    await looked(account, 2 * HOUR_MS);
    await books.deposit(account, "25");
    await books.deposit(account, "10");
    await books.use([{ subject: account.externalId, amount: "3.000000001" }]);
    const changes = [
      { what: "spent", amount: "3.000000001", times: null },
      { what: "deposits", amount: "35", times: 2 },
    ];
    expect((await lastVisitOf(account)).since?.changes).toEqual(changes);
    await looked(account, 0);
    const { since } = await lastVisitOf(account);
    expect(since?.changes, "while the visit lasts").toEqual(changes);
    expect(Math.round((Date.now() - Date.parse(since?.at ?? "")) / HOUR_MS)).toBe(2);
  });

  test("tells a refund for what it is", async () => {
    const account = await books.account({ externalId: "v2" });
    const deposit = await books.deposit(account, "25");
    await looked(account, HOUR_MS);
    await settled(reverseDeposit(books.ctx, { deposit: deposit.reference, reference: "back", reason: "refund" }));
    expect((await lastVisitOf(account)).since?.changes).toEqual([{ what: "returned", amount: "25", times: 1 }]);
  });

  test("a look that comes late does not go back behind a later one", async () => {
    const account = await books.account({ externalId: "v3" });
    const { look: first } = await lastVisitOf(account);
    await books.deposit(account, "5");
    await looked(account, 0);
    await noteVisit(books.ctx, { account, look: first });
    expect((await lastVisitOf(account)).since).toBeNull();
  });

  test("the bonus is watched once", async () => {
    const account = await books.account({ externalId: "v4" });
    expect((await lastVisitOf(account)).isBonusSeen).toBe(false);
    await looked(account, 0);
    await markBonusSeen(books.ctx, account);
    expect((await lastVisitOf(account)).isBonusSeen).toBe(true);
    await looked(account, -60_001);
    expect((await lastVisitOf(account)).isBonusSeen, "after another look").toBe(true);
  });
});
