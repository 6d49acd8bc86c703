import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { sum } from "@/lib/money/nanos";
import { grantCredit } from "@/lib/services/funds/grant-credit";
import { reverseDeposit } from "@/lib/services/funds/reverse-deposit";
import { type StatementPosting, statementPage } from "./statement";
import { type Books, dollars, openBooks, settled } from "./testing/books";

vi.mock("server-only", () => ({}));
vi.mock("next/server", () => ({ connection: async () => {} }));

let books: Books;

beforeAll(async () => {
  books = await openBooks();
});

afterAll(() => books.close());

/** $7 paid, $2 promo, then usage past both: the last of it stands as arrears until the next deposit. */
async function lively(externalId: string) {
  const account = await books.account({ externalId });
  await books.deposit(account, "7");
  const grant = { account, reference: externalId, bucket: "promo", amount: dollars("2"), reason: "Test" } as const;
  await settled(grantCredit(books.ctx, grant));
  await books.use(
    ["1.5", "0", "0.75", "3.000000001", "6"].map((amount) => ({ subject: externalId, service: "serverless", amount })),
  );
  await books.deposit(account, "10");
  return account;
}

async function wholeStatement(account: { lane: number; id: string }, size: number): Promise<StatementPosting[]> {
  const postings: StatementPosting[] = [];
  let place: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof statementPage>> = await statementPage(account, { place, size });
    expect(page.postings.length).toBeLessThanOrEqual(size);
    postings.push(...page.postings);
    place = page.next;
  } while (place !== null);
  return postings;
}

describe("the statement", () => {
  test("tells each posting once, newest first, with what it changed and what it left", async () => {
    const account = await lively("told");
    const postings = await wholeStatement(account, 50);
    expect(
      postings.map(({ kind, change, spendableAfter, arrearsAfter }) => [kind, change, spendableAfter, arrearsAfter]),
    ).toEqual([
      ["deposit", "10", "7.749999999", "0"],
      ["usage", "-6", "0", "2.250000001"],
      ["usage", "-3.000000001", "3.749999999", "0"],
      ["usage", "-0.75", "6.75", "0"],
      ["usage", "-1.5", "7.5", "0"],
      ["grant", "2", "9", "0"],
      ["deposit", "7", "7", "0"],
    ]);
    expect(postings[3]?.changes).toEqual([
      { bucket: "promo", change: "-0.5" },
      { bucket: "paid", change: "-0.25" },
    ]);
  });

  test("is the same however its pages are cut", async () => {
    const account = await lively("cut");
    const whole = await wholeStatement(account, 50);
    for (const size of [1, 2, 3, 6, 7]) expect(await wholeStatement(account, size)).toEqual(whole);
  });

  test("keeps the balances of its older pages when newer postings arrive in between", async () => {
    const account = await lively("moving");
    const before = await wholeStatement(account, 50);
    const first = await statementPage(account, { place: null, size: 3 });
    await books.use([{ subject: "moving", amount: "1" }]);
    const second = await statementPage(account, { place: first.next, size: 50 });
    expect(second.postings).toEqual(before.slice(3));
  });

  test("lists debits and credits of the same sum for every posting", async () => {
    const postings = await wholeStatement(await lively("balanced"), 50);
    for (const { entries } of postings) {
      const sumOf = (side: string) =>
        sum(entries.flatMap(({ direction, amount }) => (direction === side ? [dollars(amount)] : [])));
      expect(sumOf("debit")).toBe(sumOf("credit"));
      expect(sumOf("debit")).toBeGreaterThan(0n);
    }
  });

  test("begins anew for a place that is another account's, or was changed", async () => {
    const account = await lively("mine");
    const other = await lively("theirs");
    const { postings, next } = await statementPage(account, { place: null, size: 2 });
    const foreign = (await statementPage(other, { place: null, size: 2 })).next ?? "";
    const made = Buffer.from('{"seq":"3","balances":{"paid":"1"}}').toString("base64url");
    for (const place of [foreign, `${made}.${next?.split(".")[1]}`, "", "x", "x.y"]) {
      expect((await statementPage(account, { place, size: 2 })).postings).toEqual(postings);
    }
  });

  test("walks back through money and credit taken back to a beginning at nothing", async () => {
    const account = await books.account({ externalId: "back" });
    const { reference } = await books.deposit(account, "10");
    await books.use([{ subject: "back", amount: "4" }]);
    await settled(reverseDeposit(books.ctx, { deposit: reference, reference: "back-1", reason: "chargeback" }));
    await settled(reverseDeposit(books.ctx, { deposit: reference, reference: "back-2", reason: "dispute_won" }));
    const postings = await wholeStatement(account, 2);
    expect(
      postings.map(({ kind, change, spendableAfter, arrearsAfter }) => [kind, change, spendableAfter, arrearsAfter]),
    ).toEqual([
      ["dispute_won", "10", "6", "0"],
      ["chargeback", "-10", "0", "4"],
      ["usage", "-4", "6", "0"],
      ["deposit", "10", "10", "0"],
    ]);
  });

  test("of an account to which nothing happened is empty", async () => {
    const account = await books.account({ externalId: "new" });
    expect(await statementPage(account, { place: null, size: 5 })).toEqual({ postings: [], next: null });
  });
});
