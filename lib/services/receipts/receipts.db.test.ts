import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { verify } from "@/lib/ledger/verify/verify";
import { depositsOf } from "@/lib/queries/deposits";
import { receiptOf } from "@/lib/queries/receipts";
import { type Books, dollars, openBooks, settled } from "@/lib/queries/testing/books";
import type { OpenedAccount } from "@/lib/services/accounts/open-account";
import { recordDeposit } from "@/lib/services/funds/record-deposit";
import { reverseDeposit } from "@/lib/services/funds/reverse-deposit";
import { nameSeller } from "./name-seller";

vi.mock("server-only", () => ({}));
vi.mock("next/server", () => ({ connection: async () => {} }));

let books: Books;

beforeAll(async () => {
  books = await openBooks();
});

afterAll(() => books.close());

const at = (instant: string) => ({ ...books.ctx, clock: () => new Date(instant) });

const payIn = (account: OpenedAccount, reference: string, instant: string, amount = "10") =>
  recordDeposit(at(instant), { account, reference, amount: dollars(amount), method: "card" });

const numbersOf = async (account: OpenedAccount): Promise<string[]> =>
  (await depositsOf(account, { limit: 100 })).deposits.map(({ receipt }) => receipt);

describe("receipts", () => {
  test("are numbered without gaps and once each, however many deposits come at once or fail", async () => {
    const accounts = await Promise.all(
      ["a", "b", "c", "d"].map((name) => books.account({ externalId: `many-${name}` })),
    );
    const outcomes = await Promise.all(
      Array.from({ length: 60 }, (_, index) => {
        const account = accounts[index % accounts.length];
        if (!account) throw new Error("There are accounts");
        // Every third is one that was sent already, every seventh is refused.
        const reference = `many-${index % 3 === 2 ? index - 2 : index}`;
        return payIn(account, reference, "2031-05-03T10:00:00.000Z", index % 7 === 6 ? "0" : "10");
      }),
    );
    const made = outcomes.filter((outcome) => outcome.ok && outcome.created).length;
    expect(made).toBeGreaterThan(20);
    expect(made).toBeLessThan(45);
    const numbers = (await Promise.all(accounts.map(numbersOf))).flat().sort();
    expect(numbers).toEqual(Array.from({ length: made }, (_, index) => `2031-${String(index + 1).padStart(6, "0")}`));
    expect((await verify(books.ctx.db)).differences).toEqual([]);
  });

  test("begin anew with the year in which they are issued, UTC", async () => {
    const account = await books.account({ externalId: "years" });
    await settled(payIn(account, "years-1", "2032-12-31T23:59:59.999Z"));
    await settled(payIn(account, "years-2", "2033-01-01T00:00:00.000Z"));
    expect(await numbersOf(account)).toEqual(["2033-000001", "2032-000001"]);
  });

  test("are given also for what is taken back and returned, each about its deposit, and stay what they were", async () => {
    const account = await books.account({ externalId: "back" });
    const { reference } = await settled(payIn(account, "back-0", "2034-02-01T00:00:00.000Z", "25.5"));
    const before = await receiptOf(account, "2034-000001");
    const reverse = (own: string, reason: "refund" | "chargeback" | "dispute_won", amount?: string) =>
      settled(
        reverseDeposit(at("2034-03-01T00:00:00.000Z"), {
          deposit: reference,
          reference: own,
          reason,
          ...(amount === undefined ? {} : { amount: dollars(amount) }),
        }),
      );
    await reverse("back-1", "refund", "5.25");
    await reverse("back-2", "chargeback");
    await reverse("back-3", "dispute_won");
    const note = await receiptOf(account, "2034-000002");
    expect(note).toMatchObject({
      kind: "refund",
      amount: "5.25",
      issuedAt: "2034-03-01T00:00:00.000Z",
      deposit: { number: "2034-000001", amount: "25.5", reference: "back-0" },
    });
    const after = await receiptOf(account, "2034-000001");
    expect(after?.others.map(({ number, kind, amount }) => [number, kind, amount])).toEqual([
      ["2034-000002", "refund", "5.25"],
      ["2034-000003", "chargeback", "20.25"],
      ["2034-000004", "dispute_won", "20.25"],
    ]);
    expect({ ...after, others: [] }).toEqual(before);
  });

  test("of others, and numbers that were never given, are not there", async () => {
    const account = await books.account({ externalId: "mine" });
    const other = await books.account({ externalId: "theirs" });
    await settled(payIn(account, "mine-1", "2035-02-01T00:00:00.000Z"));
    expect(await receiptOf(account, "2035-000001")).not.toBeNull();
    expect(await receiptOf(other, "2035-000001")).toBeNull();
    for (const number of ["2035-000002", "2035-1", "2035-0000001", "1e9-000001", "", "2035-000001 "]) {
      expect(await receiptOf(account, number), number).toBeNull();
    }
  });

  test("name who sold when they were issued, whatever was said since", async () => {
    const account = await books.account({ externalId: "sold" });
    const first = { name: "First GmbH", address: ["Street 1", "Town"], taxId: "VAT 1" };
    const second = { ...first, name: "Second GmbH", taxId: null };
    await settled(payIn(account, "sold-0", "2036-01-01T00:00:00.000Z"));
    expect((await receiptOf(account, "2036-000001"))?.seller).toBeNull();
    expect(await nameSeller(at("2036-02-01T00:00:00.000Z"), first)).toBe(true);
    expect(await nameSeller(at("2036-02-02T00:00:00.000Z"), first)).toBe(false);
    await settled(payIn(account, "sold-1", "2036-02-03T00:00:00.000Z"));
    expect(await nameSeller(at("2036-03-01T00:00:00.000Z"), second)).toBe(true);
    await settled(payIn(account, "sold-2", "2036-03-01T00:00:00.000Z"));
    const sellers = [1, 2, 3].map(async (no) => (await receiptOf(account, `2036-00000${no}`))?.seller);
    expect(await Promise.all(sellers)).toEqual([first, first, second]);
  });

  test.each(["web", "worker", "reader"] as const)(
    "are given and changed by nobody who is the %s process",
    async (role) => {
      const account = await books.account({ externalId: `role-${role}` });
      await settled(payIn(account, `role-${role}`, "2037-01-01T00:00:00.000Z"));
      const sql = books.as(role);
      for (const statement of [
        "insert into receipts select year, no + 1000, lane, account_id, seq + 1, kind, deposit_reference, issued_at from receipts limit 1",
        "update receipts set no = no + 1000",
        "delete from receipts",
        "truncate receipts",
        "update receipt_years set last = last + 1",
        "insert into receipt_years values (2050, 1)",
        "delete from receipt_years",
        "update sellers set name = 'x'",
        "delete from sellers",
      ]) {
        await expect(sql.unsafe(statement), statement).rejects.toThrow(/permission denied/);
      }
    },
  );
});
