import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type Books, dollars, openBooks, settled } from "@/lib/queries/testing/books";
import type { OpenedAccount } from "@/lib/services/accounts/open-account";
import { grantCredit } from "@/lib/services/funds/grant-credit";
import { expireDue } from "@/lib/services/programs/expire-due";
import { creditAhead } from "./credit-ahead";
import { statementPage } from "./statement";
import { whyPosting } from "./why/posting";

vi.mock("server-only", () => ({}));
vi.mock("next/server", () => ({ connection: async () => {} }));

const HOUR_MS = 3_600_000;
let books: Books;
let references = 0;

beforeAll(async () => {
  books = await openBooks();
});
afterAll(() => books.close());

const inHours = (hours: number) => new Date(Math.ceil(Date.now() / HOUR_MS) * HOUR_MS + hours * HOUR_MS);

async function grant(account: OpenedAccount, amount: string, expiresAt: Date | null): Promise<void> {
  references += 1;
  const input = { account, reference: `ahead-${references}`, bucket: "promo" as const, amount: dollars(amount) };
  await settled(grantCredit(books.ctx, { ...input, reason: "a gift", ...(expiresAt ? { expiresAt } : {}) }));
}

async function newestWhy(account: OpenedAccount, kind: string) {
  const { postings } = await statementPage(account, { below: null, size: 50 });
  return whyPosting(account, postings.find((each) => each.kind === kind)?.seq ?? "");
}

describe("what is ahead of an account's credit", () => {
  test("is nothing where nothing ends", async () => {
    const account = await books.account({ externalId: "lasting" });
    await grant(account, "5", null);
    expect(await creditAhead(account)).toEqual({ expiring: [], releases: [] });
    expect(await newestWhy(account, "grant")).toMatchObject({ lots: [{ left: "5", expired: "0", expiresAt: null }] });
  });

  test("is what is left of each grant that ends, soonest first; what was spent whole is not told", async () => {
    const account = await books.account({ externalId: "ending" });
    const [soon, later, last] = [inHours(1), inHours(2), inHours(3)];
    await grant(account, "1", last);
    await grant(account, "3", soon);
    await grant(account, "3", later);
    await books.use([{ subject: "ending", amount: "3.5" }]);
    const told = { bucket: "promo" };
    expect((await creditAhead(account)).expiring).toEqual([
      { ...told, amount: "2.5", at: later.toISOString() },
      { ...told, amount: "1", at: last.toISOString() },
    ]);
    expect(await newestWhy(account, "grant")).toMatchObject({
      lots: [{ amount: "3", spent: "0.5", left: "2.5", expired: "0", expiresAt: later.toISOString() }],
    });
  });

  test("is nothing once it expired; the statement says what it was of, and the credit what became of it", async () => {
    const account = await books.account({ externalId: "gone" });
    const end = inHours(1);
    await grant(account, "3", end);
    await books.use([{ subject: "gone", amount: "1" }]);
    await expireDue({ ...books.ctx, clock: () => end });
    expect((await creditAhead(account)).expiring).toEqual([]);
    expect(await newestWhy(account, "grant")).toMatchObject({ lots: [{ spent: "1", left: "0", expired: "2" }] });
    const lot = (await newestWhy(account, "grant"))?.seq;
    expect(await newestWhy(account, "expiry")).toMatchObject({
      explains: { lot, expired: end.toISOString(), reason: expect.stringContaining(end.toISOString().slice(0, 10)) },
      entries: [
        { code: "promo", direction: "debit", amount: "2" },
        { code: "expense.promotion", direction: "credit", amount: "2" },
      ],
    });
  });
});
