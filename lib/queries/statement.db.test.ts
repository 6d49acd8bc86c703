import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { sum } from "@/lib/money/nanos";
import { grantCredit } from "@/lib/services/funds/grant-credit";
import { reverseDeposit } from "@/lib/services/funds/reverse-deposit";
import { heldAt } from "./held-at";
import { everyPosting, type StatementWanted, statementPage, wholeStatement } from "./statement";
import type { StatementPosting } from "./statement-posting";
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

async function wholeOf(account: { lane: number; id: string }, size: number): Promise<StatementPosting[]> {
  const postings: StatementPosting[] = [];
  let below: bigint | null = null;
  do {
    const page: Awaited<ReturnType<typeof statementPage>> = await statementPage(account, { below, size });
    expect(page.postings.length).toBeLessThanOrEqual(size);
    postings.push(...page.postings);
    below = page.next === null ? null : BigInt(page.next);
  } while (below !== null);
  return postings;
}

describe("the statement", () => {
  test("tells each posting once, newest first, with what it changed and what it left", async () => {
    const account = await lively("told");
    const postings = await wholeOf(account, 50);
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
    const whole = await wholeOf(account, 50);
    for (const size of [1, 2, 3, 6, 7]) expect(await wholeOf(account, size)).toEqual(whole);
  });

  test("keeps the balances of its older pages when newer postings arrive in between", async () => {
    const account = await lively("moving");
    const before = await wholeOf(account, 50);
    const first = await statementPage(account, { below: null, size: 3 });
    await books.use([{ subject: "moving", amount: "1" }]);
    const second = await statementPage(account, { below: BigInt(first.next ?? 0), size: 50 });
    expect(second.postings).toEqual(before.slice(3));
  });

  test("lists debits and credits of the same sum for every posting", async () => {
    const postings = await wholeOf(await lively("balanced"), 50);
    for (const { entries } of postings) {
      const sumOf = (side: string) =>
        sum(entries.flatMap(({ direction, amount }) => (direction === side ? [dollars(amount)] : [])));
      expect(sumOf("debit")).toBe(sumOf("credit"));
      expect(sumOf("debit")).toBeGreaterThan(0n);
    }
  });

  test("begins with the newest for a place beyond it, and has nothing before the first", async () => {
    const account = await lively("beyond");
    const { postings } = await statementPage(account, { below: null, size: 2 });
    expect((await statementPage(account, { below: 10n ** 17n, size: 2 })).postings).toEqual(postings);
    for (const below of [0n, 1n]) {
      expect(await statementPage(account, { below, size: 2 })).toEqual({ postings: [], next: null, isPartial: false });
    }
  });

  test("walks back through money and credit taken back to a beginning at nothing", async () => {
    const account = await books.account({ externalId: "back" });
    const { reference } = await books.deposit(account, "10");
    await books.use([{ subject: "back", amount: "4" }]);
    await settled(reverseDeposit(books.ctx, { deposit: reference, reference: "back-1", reason: "chargeback" }));
    await settled(reverseDeposit(books.ctx, { deposit: reference, reference: "back-2", reason: "dispute_won" }));
    const postings = await wholeOf(account, 2);
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
    expect(await statementPage(account, { below: null, size: 5 })).toEqual({
      postings: [],
      next: null,
      isPartial: false,
    });
  });
});

/** Found by a search, a page of two at a time, so that every search goes on at least once. */
async function found(account: { lane: number; id: string }, wanted: Partial<StatementWanted>): Promise<string[]> {
  const seqs: string[] = [];
  let below: bigint | null = null;
  do {
    const page: Awaited<ReturnType<typeof statementPage>> = await statementPage(account, {
      below,
      size: 2,
      wanted: { ...wholeStatement, ...wanted },
    });
    seqs.push(...page.postings.map(({ seq }) => seq));
    below = page.next === null ? null : BigInt(page.next);
  } while (below !== null);
  return seqs;
}

const word = (text: string, ...kinds: string[]) => ({ text, kinds });

describe("a search of the statement", () => {
  test("finds by words what a posting names or how its kind is said, each word for itself", async () => {
    const account = await books.account({ externalId: "words" });
    await books.deposit(account, "50");
    const grant = { account, bucket: "promo", amount: dollars("2"), reason: "For 100% of_the trouble" } as const;
    await settled(grantCredit(books.ctx, { ...grant, reference: "words-1" }));
    await books.use([
      { subject: "words", amount: "1", sku: "RTX4090", resource: "pod_100" },
      { subject: "words", amount: "1", sku: "rtx4090", resource: "pod_200", template: "tpl_a" },
      { subject: "words", amount: "1", service: "storage" },
    ]);
    const finding = (...words: StatementWanted["words"]) => found(account, { words });
    expect(await finding(word("rtx"))).toEqual(["4", "3"]);
    expect(await finding(word("rtx"), word("TPL_A"))).toEqual(["4"]);
    expect(await finding(word("trouble"))).toEqual(["2"]);
    expect(await finding(word("usage", "usage", "void"))).toEqual(["5", "4", "3"]);
    expect(await finding(word("card", "deposit:card"))).toEqual(["1"]);
    expect(await finding(word("usage", "usage"), word("trouble"))).toEqual([]);
    // What stands for anything in a pattern stands for itself here.
    expect(await finding(word("100%"))).toEqual(["2"]);
    expect(await finding(word("f_t"))).toEqual(["2"]);
    expect(await finding(word("%"))).toEqual(["2"]);
    expect(await finding(word("\\"))).toEqual([]);
  });

  test("finds by kind, by amount with both bounds included, and by any line's amount", async () => {
    const account = await lively("amounts");
    expect(await found(account, { kind: "deposit" })).toEqual(["8", "1"]);
    expect(await found(account, { least: dollars("3.000000001"), most: dollars("7") })).toEqual(["7", "6", "1"]);
    expect(await found(account, { kind: "usage", most: dollars("3") })).toEqual(["5", "3"]);
    const opening = { paid: dollars("5"), promo: dollars("2"), earned: dollars("0") };
    const brought = await books.account({ externalId: "brought", opening });
    for (const amount of ["7", "5", "2"].map(dollars)) {
      expect(await found(brought, { least: amount, most: amount })).toEqual(["1"]);
    }
    expect(await found(brought, { least: dollars("5.5"), most: dollars("6.5") })).toEqual([]);
  });

  test("shows beside each posting it finds the balance that the whole statement shows", async () => {
    const account = await lively("beside");
    const whole = new Map((await wholeOf(account, 50)).map((posting) => [posting.seq, posting]));
    for await (const postings of everyPosting(account, { ...wholeStatement, kind: "usage" })) {
      expect(postings.length).toBeGreaterThan(0);
      for (const posting of postings) expect(posting).toEqual(whole.get(posting.seq));
    }
  });

  test("between two instants finds what was posted from the first and before the second", async () => {
    const account = await books.account({ externalId: "dates" });
    const instants: Date[] = [];
    for (const amount of ["1", "2", "3"]) {
      instants.push(new Date());
      await books.deposit(account, amount);
      await passed(instants);
    }
    const [first, second, third] = instants;
    if (!first || !second || !third) throw new Error("Three instants were asked for");
    expect(await found(account, { since: second })).toEqual(["3", "2"]);
    expect(await found(account, { since: first, until: third })).toEqual(["2", "1"]);
    expect(await found(account, { since: second, until: third })).toEqual(["2"]);
    expect(await found(account, { since: third, until: first })).toEqual([]);
  });
});

describe("what an account had at an instant", () => {
  test("is what the posting before it left, bucket by bucket", async () => {
    const account = await books.account({ externalId: "then" });
    const before = new Date();
    await passed([before]);
    await books.deposit(account, "10");
    await books.use([{ subject: "then", amount: "12.5" }]);
    const owing = new Date(Date.now() + 1);
    await passed([owing]);
    const grant = { account, bucket: "promo", amount: dollars("3.000000001"), reason: "Test" } as const;
    await settled(grantCredit(books.ctx, { ...grant, reference: "then" }));
    const nothing = {
      promo: "0",
      earned: "0",
      market: "0",
      paid: "0",
      promoHeld: "0",
      pending: "0",
      debt: "0",
      began: null,
    };
    const began = (await wholeOf(account, 50)).at(-1)?.at;
    expect(await heldAt(account, before)).toEqual({ ...nothing, spendable: "0", arrears: "0", seq: null, began });
    expect(await heldAt(account, owing)).toEqual({ ...nothing, spendable: "0", arrears: "2.5", seq: "2" });
    const now = { ...nothing, promo: "3.000000001", arrears: "2.5", spendable: "0.500000001", seq: "3" };
    expect(await heldAt(account, new Date(Date.now() + 60_000))).toEqual(now);
  });
});

/** Resolves once the clock shows another millisecond than the latest of these. */
async function passed(instants: readonly Date[]): Promise<void> {
  const latest = Math.max(...instants.map((at) => at.getTime()));
  await vi.waitFor(() => expect(Date.now()).toBeGreaterThan(latest), { interval: 1 });
}
