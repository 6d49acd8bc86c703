import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { accounts } from "@/db/schema/accounts";
import { cards, paymentCustomers } from "@/db/schema/cards";
import { checkouts, deposits } from "@/db/schema/funds";
import { topUps } from "@/db/schema/top-ups";
import type { AccountRef } from "@/lib/ledger/wallet";
import { NANOS_PER_DOLLAR, nanos } from "@/lib/money/nanos";
import { PaymentsUnavailable } from "@/lib/payments/provider";
import { closeAccount } from "@/lib/services/accounts/close-account";
import { forgetPayers } from "@/lib/services/funds/forget-payers";
import { openCheckout } from "@/lib/services/funds/open-checkout";
import type { PaymentContext } from "@/lib/services/funds/payment-context";
import { runTopUps, topUpWork } from "@/lib/services/top-ups/run-top-ups";
import { setAutoTopUp } from "@/lib/services/top-ups/set-auto-top-up";
import { type ProductRoom, productRoom } from "./testing/product-room";

// Notices are sent some milliseconds later, when the test's pool may be gone.
vi.mock("@/lib/live/notify", () => ({ notifyChanged: vi.fn() }));

const dollars = (count: number) => nanos(BigInt(count) * NANOS_PER_DOLLAR);
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const accepted = "4242424242424242";
const asksAlways = "4000002760003184";
const returnUrl = "http://localhost:3000/funds";

let room: ProductRoom;
let account: AccountRef;
/** The product's clock, which a test may move on. */
let now: Date;
let ctx: PaymentContext;

beforeAll(async () => {
  vi.stubEnv("NEXTAUTH_SECRET", "a secret of the tests, long enough to be one");
  room = await productRoom();
});
afterAll(() => room.close());
beforeEach(async () => {
  account = await room.newAccount();
  now = new Date();
  ctx = { ...room.ctx, clock: () => now };
});

const later = (ms: number) => {
  now = new Date(now.getTime() + ms);
};
const close = (context = ctx) => closeAccount(context, { account, paid: "refund" });
const forget = (context = ctx) => forgetPayers(context, () => context.payments);

async function customer(): Promise<string> {
  const [found] = await ctx.db.select().from(paymentCustomers).where(eq(paymentCustomers.accountId, account.id));
  return String(found?.customerId);
}

const cardsHere = () => ctx.db.select().from(cards).where(eq(cards.accountId, account.id));
const attempts = () => ctx.db.select().from(topUps).where(eq(topUps.accountId, account.id));
const credited = async () => {
  const rows = await ctx.db.select().from(deposits).where(eq(deposits.accountId, account.id));
  return rows.map(({ amount }) => amount);
};

/** Everything the worker would do now, for this account alone. */
async function topUp(context = ctx): Promise<void> {
  const { low, left } = await topUpWork(context);
  const mine = (await attempts()).map(({ id }) => id);
  const work = { low: low.filter(({ id }) => id === account.id), left: left.filter((id) => mine.includes(id)) };
  await runTopUps(context, work);
}

async function turnOn(number = accepted): Promise<string> {
  const card = await room.saveCard(account, number);
  const wanted = { threshold: dollars(10), mode: "amount", amount: dollars(25), monthMax: dollars(100) } as const;
  expect(await setAutoTopUp(ctx, account, { ...wanted, cardId: null })).toMatchObject({ ok: true });
  return card;
}

/** The provider charges, or not, and its answer is lost. */
const cutting = (charges: boolean): PaymentContext => ({
  ...ctx,
  payments: {
    ...ctx.payments,
    async chargeCard(request) {
      if (charges) await ctx.payments.chargeCard(request);
      throw new PaymentsUnavailable();
    },
  },
});

describe("the provider, once an account is closed", () => {
  test("has neither the customer nor a card any more, and the pages that were open cannot be paid", async () => {
    const saved = [await room.saveCard(account), await room.saveCard(account, asksAlways)];
    const page = await openCheckout(ctx, { account, amount: dollars(25), attempt: "an-attempt", returnUrl });
    if (!page.ok) throw new Error(page.problem.detail);
    const customerId = await customer();
    expect(await forget()).toBe(0);
    expect(await close()).toMatchObject({ ok: true });
    expect(await forget()).toBe(1);
    expect(await room.sdk.customers.retrieve(customerId)).toMatchObject({ deleted: true });
    for (const id of saved) expect((await room.sdk.paymentMethods.retrieve(id)).customer).toBeNull();
    expect((await room.typeCard(page.value.url, accepted)).status).toBe(410);
    await room.service.webhooks.idle();
    expect(await ctx.db.select().from(checkouts).where(eq(checkouts.id, page.value.id))).toMatchObject([
      { status: "expired" },
    ]);
    expect(await credited()).toEqual([]);
  });

  test("is asked until it answers, and that it had done it already is no failure", async () => {
    await room.saveCard(account);
    await close();
    const forgetCustomer = () => Promise.reject(new PaymentsUnavailable());
    expect(await forget({ ...ctx, payments: { ...ctx.payments, forgetCustomer } })).toBe(0);
    await ctx.payments.forgetCustomer(await customer());
    await ctx.payments.forgetCustomer(await customer());
    expect(await forget()).toBe(1);
    expect(await forget()).toBe(0);
  });

  test("brings no card back by what it tells late", async () => {
    await room.saveCard(account);
    await room.service.webhooks.deliver("late");
    await room.saveCard(account, asksAlways);
    await close();
    const forgotten = { brand: "", last4: "", removedAt: expect.any(Date) };
    expect((await room.service.webhooks.deliver("now")).map(({ type }) => type)).toContain("payment_method.attached");
    expect(await cardsHere()).toMatchObject([forgotten]);
    await forget();
    await room.service.webhooks.idle();
    await room.service.webhooks.deliver("reverse");
    expect(await cardsHere()).toMatchObject([forgotten]);
  });

  test("opens no page for it", async () => {
    await close();
    const asked = await openCheckout(ctx, { account, amount: dollars(25), attempt: "an-attempt", returnUrl });
    expect(asked).toMatchObject({ ok: false });
    expect(await forget()).toBe(0);
  });
});

describe("automatic top-up of an account that is closed", () => {
  test("never charges, however closely the closing and the charge meet", async () => {
    for (let round = 0; round < 12; round += 1) {
      account = await room.newAccount();
      await turnOn();
      const statuses: (string | undefined)[] = [];
      const watching: PaymentContext = {
        ...ctx,
        payments: {
          ...ctx.payments,
          async chargeCard(request) {
            const [found] = await ctx.db.select().from(accounts).where(eq(accounts.id, account.id));
            statuses.push(found?.status);
            return ctx.payments.chargeCard(request);
          },
        },
      };
      const work = { low: [account], left: [] };
      // Each round the worker comes a little later upon the closing that is under way.
      const comeLater = async () => {
        for (let turn = 0; turn < round; turn += 1) await ctx.db.$client`select`;
        await runTopUps(watching, work);
      };
      const [closed] = await Promise.all([close(), comeLater(), comeLater()]);
      expect(statuses).not.toContain("closed");
      if (closed.ok) {
        later(2 * HOUR_MS);
        await topUp(watching);
        expect(statuses).toEqual([]);
        expect(await credited()).toEqual([]);
      } else {
        expect(closed.problem).toMatchObject({
          code: "out_of_order",
          detail: expect.stringContaining("being charged"),
        });
        await room.service.webhooks.idle();
        expect(await credited()).toEqual([dollars(25)]);
        expect(await close()).toMatchObject({ ok: true });
      }
    }
  });

  test("learns what became of a charge whose answer was lost, and credits it once", async () => {
    await turnOn();
    await room.service.webhooks.deliver("late");
    await topUp(cutting(true));
    expect(await close()).toMatchObject({ ok: false, problem: { code: "out_of_order" } });
    later(MINUTE_MS + 1);
    expect(await close()).toMatchObject({ ok: true });
    await topUp();
    expect(await attempts()).toMatchObject([{ state: "begun" }]);
    await forget();
    await topUp();
    expect(await attempts()).toMatchObject([{ state: "paid" }]);
    await room.service.webhooks.deliver("now");
    expect(await credited()).toEqual([dollars(25)]);
  });

  test("does not make up for a charge that never was made", async () => {
    await turnOn();
    await topUp(cutting(false));
    later(MINUTE_MS + 1);
    expect(await close()).toMatchObject({ ok: true });
    await topUp();
    await forget();
    await topUp();
    await room.service.webhooks.idle();
    expect(await attempts()).toMatchObject([{ state: "failed", reason: "card_gone" }]);
    expect(await credited()).toEqual([]);
  });

  test("gives up at once, at the provider too, what a bank still asks its owner about", async () => {
    await turnOn(asksAlways);
    await topUp();
    expect(await attempts()).toMatchObject([{ state: "asked" }]);
    expect(await close()).toMatchObject({ ok: true });
    await forget();
    await topUp();
    const [attempt] = await attempts();
    expect(attempt).toMatchObject({ state: "failed" });
    expect(await room.sdk.paymentIntents.retrieve(String(attempt?.paymentId))).toMatchObject({ status: "canceled" });
    expect(await credited()).toEqual([]);
  });
});
