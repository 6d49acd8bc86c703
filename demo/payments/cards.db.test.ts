import { randomUUID } from "node:crypto";
import { and, eq, isNull } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { cardSetups, cards, paymentCustomers } from "@/db/schema/cards";
import { checkouts, deposits } from "@/db/schema/funds";
import type { AccountRef } from "@/lib/ledger/wallet";
import { NANOS_PER_DOLLAR, nanos } from "@/lib/money/nanos";
import { PaymentsUnavailable } from "@/lib/payments/provider";
import { authorizeWork } from "@/lib/services/authorizations/authorize-work";
import { grantCredit } from "@/lib/services/funds/grant-credit";
import { openCardSetup } from "@/lib/services/funds/open-card-setup";
import { openCheckout } from "@/lib/services/funds/open-checkout";
import { readCards } from "@/lib/services/funds/read-cards";
import { removeCard } from "@/lib/services/funds/remove-card";
import { type ProductRoom, productRoom } from "./testing/product-room";

// Notices are sent some milliseconds later, when the test's pool may be gone.
vi.mock("@/lib/live/notify", () => ({ notifyChanged: vi.fn() }));

const returnUrl = "http://localhost:3000/funds";
const dollars = (count: number) => nanos(BigInt(count) * NANOS_PER_DOLLAR);

let room: ProductRoom;
let account: AccountRef;

beforeAll(async () => {
  room = await productRoom();
});
afterAll(() => room.close());
beforeEach(async () => {
  account = await room.newAccount();
});

const onFile = () =>
  room.ctx.db
    .select()
    .from(cards)
    .where(and(eq(cards.accountId, account.id), isNull(cards.removedAt)));
const customers = () => room.ctx.db.select().from(paymentCustomers).where(eq(paymentCustomers.accountId, account.id));

async function pay(more: { keepsCard?: boolean } = {}): Promise<{ id: string; url: string }> {
  const opened = await openCheckout(room.ctx, {
    account,
    amount: dollars(25),
    attempt: randomUUID(),
    returnUrl,
    ...more,
  });
  if (!opened.ok) throw new Error(opened.problem.detail);
  return opened.value;
}

describe("a card on file", () => {
  test("is saved on a page that charges nothing, and known by its last digits", async () => {
    const id = await room.saveCard(account);
    expect(await onFile()).toMatchObject([
      { id, brand: "visa", last4: "4242", expiryMonth: 12, expiryYear: 2040, instrument: expect.any(String) },
    ]);
    expect(await room.ctx.db.select().from(cardSetups).where(eq(cardSetups.accountId, account.id))).toMatchObject([
      { status: "saved" },
    ]);
    expect(await room.ctx.db.select().from(deposits).where(eq(deposits.accountId, account.id))).toEqual([]);
  });

  test("is kept of a payment where its owner asked for that, and not otherwise", async () => {
    await room.typeCard((await pay()).url, "4242424242424242");
    await room.service.webhooks.idle();
    expect(await onFile()).toEqual([]);
    await room.typeCard((await pay({ keepsCard: true })).url, "4242424242424242");
    await room.service.webhooks.idle();
    expect(await onFile()).toMatchObject([{ last4: "4242" }]);
    const paid = await room.ctx.db.select().from(deposits).where(eq(deposits.accountId, account.id));
    expect(paid.map(({ amount }) => amount)).toEqual([dollars(25), dollars(25)]);
  });

  test("is taken off by its owner alone, here and at the provider", async () => {
    const cardId = await room.saveCard(account);
    const stranger = await room.newAccount();
    expect(await removeCard(room.ctx, { account: stranger, cardId })).toMatchObject({ problem: { code: "not_found" } });
    expect(await removeCard(room.ctx, { account, cardId })).toMatchObject({ ok: true, value: { last4: "4242" } });
    expect(await onFile()).toEqual([]);
    expect((await room.sdk.paymentMethods.retrieve(cardId)).customer).toBeNull();
    expect(await removeCard(room.ctx, { account, cardId })).toMatchObject({ problem: { code: "not_found" } });
  });

  test("that the provider took off is off here, also when that is told late, twice and in any order", async () => {
    const [gone, kept] = [await room.saveCard(account), await room.saveCard(account)];
    await room.sdk.paymentMethods.detach(gone);
    await room.service.webhooks.idle();
    expect((await onFile()).map(({ id }) => id)).toEqual([kept]);
    for (const mode of ["reverse", "twice"] as const) {
      await room.service.webhooks.deliver(mode);
      expect((await onFile()).map(({ id }) => id)).toEqual([kept]);
    }
  });

  test("read at once many times is what the provider has", async () => {
    await room.saveCard(account);
    await room.ctx.db.update(cards).set({ removedAt: new Date() }).where(eq(cards.accountId, account.id));
    await Promise.all(Array.from({ length: 5 }, () => readCards(room.ctx, account)));
    expect(await onFile()).toHaveLength(1);
    const [{ readings } = { readings: 0n }] = await customers();
    expect(readings).toBeGreaterThanOrEqual(5n);
  });

  test("stays on file while the provider is silent", async () => {
    const cardId = await room.saveCard(account);
    const silent = {
      ...room.ctx,
      payments: { ...room.ctx.payments, removeCard: () => Promise.reject(new PaymentsUnavailable()) },
    };
    expect(await removeCard(silent, { account, cardId })).toMatchObject({ problem: { code: "unavailable" } });
    expect(await onFile()).toHaveLength(1);
  });
});

describe("the provider's record of an account", () => {
  test("is made once, however many pages are opened at once", async () => {
    const pages = await Promise.all(Array.from({ length: 8 }, () => pay()));
    expect(new Set(pages.map(({ id }) => id)).size).toBe(8);
    const [mine, ...others] = await customers();
    expect(others).toEqual([]);
    for (const { id } of pages) {
      expect((await room.sdk.checkout.sessions.retrieve(id)).customer).toBe(mine?.customerId);
    }
  });

  test("that somebody deleted there is made anew", async () => {
    await pay();
    await room.ctx.db
      .update(paymentCustomers)
      .set({ customerId: `cus_gone_${account.id}` })
      .where(eq(paymentCustomers.accountId, account.id));
    await pay();
    expect((await customers())[0]?.customerId).toMatch(/^cus_[0-9a-f]+$/);
    await room.saveCard(account);
    expect(await onFile()).toHaveLength(1);
  });
});

test("stablecoins are credited when they arrive, not when they are promised", async () => {
  const [arriving, failing] = [await pay(), await pay()];
  await room.press(`${arriving.url}/crypto`, { arrives: "yes" });
  await room.press(`${failing.url}/crypto`, { arrives: "no" });
  await room.service.webhooks.idle();
  const states = async () => {
    const rows = await room.ctx.db.select().from(checkouts).where(eq(checkouts.accountId, account.id));
    return Object.fromEntries(rows.map(({ id, status }) => [id, status]));
  };
  expect(await states()).toEqual({ [arriving.id]: "processing", [failing.id]: "processing" });
  const money = () => room.ctx.db.select().from(deposits).where(eq(deposits.accountId, account.id));
  expect(await money()).toEqual([]);
  room.clock.now = new Date(room.clock.now.getTime() + 31_000);
  await expect.poll(states, { timeout: 10_000 }).toEqual({ [arriving.id]: "paid", [failing.id]: "failed" });
  expect(await money()).toMatchObject([{ amount: dollars(25), method: "crypto", instrument: expect.any(String) }]);
});

test("a card page is refused to accounts that are not there, and says so when the provider is silent", async () => {
  const nobody = { lane: account.lane, id: randomUUID() };
  const input = { attempt: randomUUID(), returnUrl };
  expect(await openCardSetup(room.ctx, { account: nobody, ...input })).toMatchObject({
    problem: { code: "not_found" },
  });
  const openSetup = () => Promise.reject(new PaymentsUnavailable());
  const silent = { ...room.ctx, payments: { ...room.ctx.payments, openSetup } };
  expect(await openCardSetup(silent, { account, ...input })).toMatchObject({ problem: { code: "unavailable" } });
});

test("work is authorized by a card on file as by a deposit, and not by one that has expired or was removed", async () => {
  const granted = await grantCredit(room.ctx, {
    account,
    reference: randomUUID(),
    bucket: "promo",
    amount: dollars(10),
    reason: "a test",
  });
  expect(granted.ok).toBe(true);
  const ask = () =>
    authorizeWork(room.ctx, {
      account,
      reference: randomUUID(),
      price: { sku: null, hourly: dollars(1) },
      quantityMilli: 1_000n,
    });
  const denied = { ok: false, denial: { reason: "no_payment_method" } };
  expect(await ask()).toMatchObject(denied);
  const cardId = await room.saveCard(account);
  expect(await ask()).toMatchObject({ ok: true });
  const expireIn = (year: number, month: number) =>
    room.ctx.db.update(cards).set({ expiryYear: year, expiryMonth: month }).where(eq(cards.id, cardId));
  const now = new Date();
  await expireIn(now.getUTCFullYear(), now.getUTCMonth() + 1);
  expect(await ask()).toMatchObject({ ok: true });
  await expireIn(now.getUTCFullYear() - 1, 12);
  expect(await ask()).toMatchObject(denied);
  await expireIn(2040, 12);
  await removeCard(room.ctx, { account, cardId });
  expect(await ask()).toMatchObject(denied);
});
