import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { reverseDeposit } from "@/lib/services/funds/reverse-deposit";
import { bindDraws } from "@/lib/services/programs/bind-draws";
import { revealDraws } from "@/lib/services/programs/reveal-draws";
import { bonusOf } from "./bonus";
import { depositsOf, paymentOf } from "./deposits";
import { drawOf, referrerDraws } from "./draws";
import { spendDays } from "./spend";
import { type Books, dollars, openBooks, settled } from "./testing/books";
import { walletOf } from "./wallet";

vi.mock("server-only", () => ({}));
vi.mock("next/server", () => ({ connection: async () => {} }));

let books: Books;

beforeAll(async () => {
  books = await openBooks();
});

afterAll(() => books.close());

/** A customer who came by the link of another. */
async function referredBy(referrer: { id: string }, externalId: string) {
  const [row] = await books.ctx.db.$client<{ code: string }[]>`
    select referral_code as code from accounts where id = ${referrer.id}`;
  return books.account({ externalId, referralCode: row?.code ?? "" });
}

test("what can be spent is the buckets less arrears, never below zero", async () => {
  const account = await books.account({ externalId: "c1" });
  expect(await walletOf(account)).toMatchObject({ available: "0", paid: "0", arrears: "0", charged: "0" });
  await books.deposit(account, "5");
  await books.use([{ subject: account.externalId, amount: "2.000000001" }]);
  expect(await walletOf(account)).toMatchObject({
    available: "2.999999999",
    paid: "2.999999999",
    charged: "2.000000001",
  });
  await books.use([{ subject: account.externalId, amount: "6" }]);
  expect(await walletOf(account)).toMatchObject({ available: "0", paid: "0", arrears: "3.000000001" });
});

test("spend is told by day and service, days without any included", async () => {
  const account = await books.account({ externalId: "c2" });
  const yesterday = new Date(Date.now() - 86_400_000);
  await books.use([{ subject: account.externalId, amount: "1.5", time: yesterday }]);
  await books.use([{ subject: account.externalId, service: "storage", amount: "0.25", time: yesterday }]);
  await books.use([{ subject: account.externalId, service: "serverless", amount: "3" }]);
  const days = await spendDays(account, 30);
  expect(days).toHaveLength(30);
  expect(days.at(-2)).toEqual({
    start: yesterday.toISOString().slice(0, 10),
    pod: "1.5",
    serverless: "0",
    storage: "0.25",
  });
  expect(days.at(-1)).toMatchObject({ pod: "0", serverless: "3", storage: "0" });
  expect(
    days.slice(0, 28).every(({ pod, serverless, storage }) => [pod, serverless, storage].every((a) => a === "0")),
  ).toBe(true);
});

test("the bar follows paid spend to the nano-dollar and stops at the trigger", async () => {
  const account = await books.account({ externalId: "c3" });
  await books.deposit(account, "10");
  expect(await bonusOf(account)).toMatchObject({ state: "locked", progress: "0", trigger: "10", missing: "10" });
  await books.use([{ subject: account.externalId, amount: "9.999999999" }]);
  expect(await bonusOf(account)).toMatchObject({ state: "locked", progress: "9.999999999", missing: "0.000000001" });
  await books.use([{ subject: account.externalId, amount: "1" }]);
  const bonus = await bonusOf(account);
  expect(bonus).toMatchObject({ state: "due", progress: "10", missing: "0", amount: null, randomness: null });
  expect(bonus.counts).toContain("Usage paid from your prepaid balance counts, whatever the service.");
});

test("an account that is not new is told why it has no bonus", async () => {
  await books.account({ externalId: "first", email: "ada@example.com" });
  const second = await books.account({ externalId: "second", email: "Ada+again@example.com" });
  expect(await bonusOf(second)).toMatchObject({ state: "not_eligible", reason: "not_new" });
});

test("a draw is shown to who gets it, and is nobody else's", async () => {
  const referrer = await books.account({ externalId: "c4" });
  const referred = await referredBy(referrer, "referred");
  const stranger = await books.account({ externalId: "c5" });
  await books.deposit(referred, "10");
  await books.use([{ subject: referred.externalId, amount: "10" }]);

  const { drawId } = await bonusOf(referred);
  expect(await drawOf(referred, drawId)).toMatchObject({ side: "own", state: "due", bound: null, proof: null });
  const { draws, next } = await referrerDraws(referrer, { limit: 10 });
  expect(draws).toHaveLength(1);
  expect(next).toBeNull();
  const [{ drawId: theirs } = { drawId: "" }] = draws;
  expect(await drawOf(referrer, theirs)).toMatchObject({ side: "referrer", state: "due" });
  for (const [who, what] of [
    [stranger, drawId],
    [stranger, theirs],
    [referrer, drawId],
    [referred, theirs],
  ] as const) {
    expect(await drawOf(who, what)).toBeNull();
  }
  for (const nonsense of ["", "x", "\0", `${drawId}'`]) expect(await drawOf(referred, nonsense)).toBeNull();

  await bindDraws(books.ctx, new Uint8Array(32));
  const bound = await drawOf(referred, drawId);
  expect(bound).toMatchObject({ state: "bound", randomness: null, amount: null, proof: null });
  expect(bound?.bound?.anchor).toMatch(/^[0-9a-f]{64}$/);
  expect((await bonusOf(referred)).state).toBe("bound");
});

test("draws and deposits are listed page by page, each once", async () => {
  const account = await books.account({ externalId: "c6" });
  for (const amount of ["1", "2", "3", "4", "5"]) await books.deposit(account, amount);
  const amounts: string[] = [];
  let before: bigint | undefined;
  do {
    const page = await depositsOf(account, { limit: 2, ...(before === undefined ? {} : { before }) });
    amounts.push(...page.deposits.map(({ amount }) => amount));
    before = page.next === null ? undefined : BigInt(page.next);
  } while (before !== undefined);
  expect(amounts).toEqual(["5", "4", "3", "2", "1"]);

  const referrer = await books.account({ externalId: "c7" });
  for (let count = 0; count < 3; count += 1) {
    const referred = await referredBy(referrer, `referred-${count}`);
    await books.deposit(referred, "10");
    await books.use([{ subject: referred.externalId, amount: "10" }]);
  }
  const first = await referrerDraws(referrer, { limit: 2 });
  expect(first.next).not.toBeNull();
  const second = await referrerDraws(referrer, { limit: 2, before: first.next ?? "" });
  const ids = [...first.draws, ...second.draws].map(({ drawId }) => drawId);
  expect(new Set(ids).size).toBe(3);
  expect(second.next).toBeNull();
});

test("money taken back takes the bonus along, and both are shown; won back, both return", async () => {
  const account = await books.account({ externalId: "disputed" });
  await books.deposit(account, "10");
  await books.use([{ subject: account.externalId, amount: "10" }]);
  const { drawId } = await bonusOf(account);
  const secret = new Uint8Array(32);
  await bindDraws(books.ctx, secret);
  const drawn = await vi.waitFor(
    async () => {
      await revealDraws(books.ctx, secret);
      const bonus = await bonusOf(account);
      expect(bonus.state).toBe("drawn");
      return bonus;
    },
    { timeout: 30_000, interval: 200 },
  );
  const { deposits } = await depositsOf(account, { limit: 1 });
  const deposit = deposits[0]?.reference ?? "";

  await settled(reverseDeposit(books.ctx, { deposit, reference: "back", reason: "chargeback", amount: dollars("4") }));
  expect(await bonusOf(account)).toMatchObject({ state: "taken_back", amount: drawn.amount, progress: "6" });
  expect(await drawOf(account, drawId)).toMatchObject({ state: "drawn", isTakenBack: true });
  expect((await depositsOf(account, { limit: 1 })).deposits[0]).toMatchObject({ amount: "10", reversed: "4" });

  await settled(reverseDeposit(books.ctx, { deposit, reference: "won", reason: "dispute_won" }));
  expect(await bonusOf(account)).toMatchObject({ state: "drawn", amount: drawn.amount, progress: "10" });
  expect(await drawOf(account, drawId)).toMatchObject({ isTakenBack: false });
  expect((await depositsOf(account, { limit: 1 })).deposits[0]).toMatchObject({ amount: "10", reversed: "0" });
});

test("a payment is known to its account alone", async () => {
  const [mine, other] = [await books.account({ externalId: "c8" }), await books.account({ externalId: "c9" })];
  const id = "cs_test_1";
  await books.ctx.db.$client`
    insert into checkouts (id, lane, account_id, amount, status, created_at, updated_at)
    values (${id}, ${mine.lane}, ${mine.id}, ${String(dollars("25"))}, 'open', now(), now())`;
  expect(await paymentOf(mine, id)).toMatchObject({ status: "open", amount: "25" });
  expect(await paymentOf(other, id)).toBeNull();
  expect(await paymentOf(mine, "\0")).toBeNull();
});
