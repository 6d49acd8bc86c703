import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { wallets } from "@/db/schema/accounts";
import { deposits } from "@/db/schema/funds";
import { notifications } from "@/db/schema/notifications";
import { autoTopUps, topUps } from "@/db/schema/top-ups";
import type { AccountRef } from "@/lib/ledger/wallet";
import { NANOS_PER_DOLLAR, type Nanos, nanos } from "@/lib/money/nanos";
import { PaymentsUnavailable } from "@/lib/payments/provider";
import type { PaymentContext } from "@/lib/services/funds/payment-context";
import { removeCard } from "@/lib/services/funds/remove-card";
import { confirmTopUp } from "@/lib/services/top-ups/confirm-top-up";
import { runTopUps, topUpWork } from "@/lib/services/top-ups/run-top-ups";
import { type AutoTopUp, setAutoTopUp, stopAutoTopUp } from "@/lib/services/top-ups/set-auto-top-up";
import { type ProductRoom, productRoom } from "./testing/product-room";

// Notices are sent some milliseconds later, when the test's pool may be gone.
vi.mock("@/lib/live/notify", () => ({ notifyChanged: vi.fn() }));

const dollars = (count: number): Nanos => nanos(BigInt(count) * NANOS_PER_DOLLAR);
const HOUR_MS = 3_600_000;
const accepted = "4242424242424242";
const asksAlways = "4000002760003184";
const neverPays = "4000000000000341";

let room: ProductRoom;
let account: AccountRef;
/** The product's clock, which a test may move on. */
let now: Date;
let ctx: PaymentContext;

beforeAll(async () => {
  room = await productRoom();
});
afterAll(() => room.close());
beforeEach(async () => {
  account = await room.newAccount();
  now = new Date();
  ctx = { ...room.ctx, clock: () => now };
});

const wanted: AutoTopUp = {
  threshold: dollars(10),
  mode: "amount",
  amount: dollars(25),
  monthMax: dollars(100),
  cardId: null,
};

async function turnOn(more: Partial<AutoTopUp> = {}, number = accepted): Promise<string> {
  const card = await room.saveCard(account, number);
  expect(await setAutoTopUp(ctx, account, { ...wanted, ...more })).toMatchObject({ ok: true });
  return card;
}

/** What the worker does every few seconds, for this account alone: others of this file have their own hours. */
async function run(context = ctx): Promise<void> {
  const { low, left } = await topUpWork(context);
  const mine = await attempts();
  await runTopUps(context, {
    low: low.filter(({ id }) => id === account.id),
    left: left.filter((id) => mine.some((each) => each.id === id)),
  });
  await room.service.webhooks.idle();
}

const attempts = () => ctx.db.select().from(topUps).where(eq(topUps.accountId, account.id)).orderBy(topUps.begunAt);
const charged = async () =>
  (await ctx.db.select().from(deposits).where(eq(deposits.accountId, account.id))).map(({ amount }) => amount);
const settings = async () => (await ctx.db.select().from(autoTopUps).where(eq(autoTopUps.accountId, account.id)))[0];
const setCredit = (paid: Nanos) =>
  ctx.db.update(wallets).set({ paidNet: paid }).where(eq(wallets.accountId, account.id));
const told = async () => {
  const rows = await ctx.db.select().from(notifications).where(eq(notifications.accountId, account.id));
  return rows.map(({ kind, facts }) => ({ kind, facts })).filter(({ kind }) => kind.startsWith("wallet."));
};
const later = (ms: number) => {
  now = new Date(now.getTime() + ms);
};

describe("automatic top-up", () => {
  test("charges the card on file when credit is below the threshold, and credits what the provider was paid", async () => {
    await turnOn();
    await run();
    expect(await charged()).toEqual([dollars(25)]);
    expect(await attempts()).toMatchObject([{ state: "paid", amount: dollars(25), paymentId: expect.any(String) }]);
    expect(await told()).toEqual([{ kind: "wallet.topped_up", facts: { amount: "25" } }]);
  });

  test("charges once, whatever runs at once: twenty runs and every delivery twice", async () => {
    await turnOn();
    await Promise.all(Array.from({ length: 20 }, () => run()));
    await room.service.webhooks.deliver("twice");
    expect(await charged()).toEqual([dollars(25)]);
    const { data } = await room.sdk.charges.list({ limit: 100 });
    expect(data.filter(({ metadata }) => metadata.tenspot_account === account.id)).toHaveLength(1);
  });

  test("is off until it is turned on, above the threshold, and after it was turned off", async () => {
    await room.saveCard(account);
    await run();
    await setAutoTopUp(ctx, account, wanted);
    await setCredit(dollars(10));
    await run();
    await setCredit(dollars(9));
    await stopAutoTopUp(ctx, account);
    await run();
    expect(await attempts()).toEqual([]);
  });

  test("brings credit up to a target, in whole cents", async () => {
    await turnOn({ mode: "target", amount: dollars(40) });
    await setCredit(nanos(-1_234_567_891n));
    await run();
    expect(await charged()).toEqual([41_240_000_000n]);
  });

  test("begins one attempt an hour at most, also when it is turned off and on", async () => {
    await turnOn();
    await run();
    await setCredit(dollars(0));
    later(HOUR_MS - 1);
    await run();
    await stopAutoTopUp(ctx, account);
    await setAutoTopUp(ctx, account, wanted);
    await run();
    expect(await attempts()).toHaveLength(1);
    later(1);
    await run();
    expect(await attempts()).toHaveLength(2);
  });

  test("charges what the month leaves, then nothing until the next month, and says so once", async () => {
    now = new Date("2026-11-10T10:00:00.000Z");
    await turnOn({ monthMax: dollars(32) });
    for (let hour = 0; hour < 4; hour += 1) {
      await run();
      await setCredit(dollars(0));
      later(HOUR_MS);
    }
    expect((await attempts()).map(({ amount }) => amount)).toEqual([dollars(25), dollars(7)]);
    expect((await told()).filter(({ kind }) => kind === "wallet.top_up_failed")).toEqual([
      { kind: "wallet.top_up_failed", facts: { amount: "25", reason: "month_max", suspended: false } },
    ]);
    now = new Date("2026-12-01T00:00:00.000Z");
    await run();
    expect((await attempts()).at(-1)).toMatchObject({ amount: dollars(25), state: "paid" });
  });

  test("is suspended by the third failure in a row, told each time, and begins again when it is turned on", async () => {
    await turnOn({}, neverPays);
    for (let hour = 0; hour < 5; hour += 1) {
      await run();
      later(HOUR_MS);
    }
    expect(await attempts()).toHaveLength(3);
    expect(await settings()).toMatchObject({ state: "suspended", reason: "generic_decline", failures: 3 });
    expect((await told()).map(({ facts }) => facts)).toMatchObject([
      { suspended: false },
      { suspended: false },
      { suspended: true, reason: "generic_decline" },
    ]);
    expect(await charged()).toEqual([]);
    const better = await room.saveCard(account, accepted);
    await setAutoTopUp(ctx, account, { ...wanted, cardId: better });
    await run();
    expect(await charged()).toEqual([dollars(25)]);
    expect(await settings()).toMatchObject({ state: "on", failures: 0 });
  });

  test("is suspended when no card is left, and cannot be turned on without one", async () => {
    const cardId = await turnOn();
    await removeCard(ctx, { account, cardId });
    await run();
    expect(await settings()).toMatchObject({ state: "suspended", reason: "no_card" });
    expect(await setAutoTopUp(ctx, account, wanted)).toMatchObject({ ok: false, problem: { code: "invalid" } });
  });

  test("refuses amounts out of bounds or not in whole cents, and a card that is not on file", async () => {
    await room.saveCard(account);
    const wrong: [string, Partial<AutoTopUp>][] = [
      ["threshold", { threshold: nanos(999_999_999n) }],
      ["threshold", { threshold: nanos(1_000_000_001n) }],
      ["amount", { amount: nanos(4_990_000_000n) }],
      ["amount", { amount: dollars(5_001), monthMax: dollars(10_000) }],
      ["amount", { mode: "target", amount: dollars(14) }],
      ["monthMax", { monthMax: dollars(24) }],
      ["card", { cardId: "pm_another" }],
    ];
    for (const [path, more] of wrong) {
      expect(await setAutoTopUp(ctx, account, { ...wanted, ...more })).toMatchObject({
        ok: false,
        problem: { code: "invalid", path },
      });
    }
    expect(await settings()).toBeUndefined();
  });
});

describe("a process that ends half-way", () => {
  const silent = (call: keyof PaymentContext["payments"]): PaymentContext => ({
    ...ctx,
    payments: { ...ctx.payments, [call]: () => Promise.reject(new PaymentsUnavailable()) },
  });

  test("before the provider heard of it: the next one charges", async () => {
    await turnOn();
    await run(silent("chargeCard"));
    expect(await attempts()).toMatchObject([{ state: "begun" }]);
    await run();
    expect(await charged()).toEqual([]);
    later(61_000);
    await run();
    expect(await charged()).toEqual([dollars(25)]);
    expect(await attempts()).toMatchObject([{ state: "paid" }]);
  });

  test("after the provider charged and before its answer came: one charge, one credit", async () => {
    await turnOn();
    await room.service.webhooks.deliver("late");
    const { chargeCard } = ctx.payments;
    const cut = async (request: Parameters<typeof chargeCard>[0]) => {
      await chargeCard(request);
      throw new PaymentsUnavailable();
    };
    await run({ ...ctx, payments: { ...ctx.payments, chargeCard: cut } });
    expect(await charged()).toEqual([]);
    later(61_000);
    await run();
    await room.service.webhooks.deliver("now");
    expect(await charged()).toEqual([dollars(25)]);
  });

  test("is healed by the provider's own word as well", async () => {
    await turnOn();
    const { chargeCard } = ctx.payments;
    const cut = async (request: Parameters<typeof chargeCard>[0]) => {
      await chargeCard(request);
      throw new PaymentsUnavailable();
    };
    await run({ ...ctx, payments: { ...ctx.payments, chargeCard: cut } });
    await room.service.webhooks.idle();
    expect(await charged()).toEqual([dollars(25)]);
    expect(await attempts()).toMatchObject([{ state: "paid" }]);
  });
});

describe("a card whose bank asks its owner", () => {
  const asked = async () => {
    await turnOn({}, asksAlways);
    await run();
    const [topUp] = await attempts();
    if (topUp === undefined) throw new Error("Nothing was begun");
    expect(topUp).toMatchObject({ state: "asked", paymentId: expect.any(String) });
    return topUp.id;
  };
  const confirm = (topUpId: string) =>
    confirmTopUp(ctx, { account, topUpId, returnUrl: "http://localhost:3000/funds?top-up=1" });

  test("leads them to a page of the bank, and the same payment is paid once", async () => {
    const id = await asked();
    expect(await told()).toEqual([{ kind: "wallet.top_up_asked", facts: { amount: "25" } }]);
    later(HOUR_MS);
    await run();
    expect(await attempts()).toHaveLength(1);
    const confirmed = await confirm(id);
    if (!confirmed.ok || confirmed.value.url === null) throw new Error("There is no page to confirm on");
    await room.press(confirmed.value.url, { answer: "yes" });
    await room.service.webhooks.idle();
    expect(await charged()).toEqual([dollars(25)]);
    expect(await attempts()).toMatchObject([{ state: "paid" }]);
    expect(await confirm(id)).toMatchObject({ ok: false, problem: { code: "invalid" } });
  });

  test("who refuses has it fail, and another's top-up is nobody's", async () => {
    const id = await asked();
    const stranger = await room.newAccount();
    const input = { account: stranger, topUpId: id, returnUrl: "http://localhost:3000/funds" };
    expect(await confirmTopUp(ctx, input)).toMatchObject({ problem: { code: "not_found" } });
    const confirmed = await confirm(id);
    if (!confirmed.ok || confirmed.value.url === null) throw new Error("There is no page to confirm on");
    await room.press(confirmed.value.url, { answer: "no" });
    await room.service.webhooks.idle();
    expect(await attempts()).toMatchObject([{ state: "failed", reason: "payment_intent_authentication_failure" }]);
    expect(await settings()).toMatchObject({ failures: 1, state: "on" });
    expect(await charged()).toEqual([]);
  });

  test("who never answers has it given up after a day, at the provider too", async () => {
    await asked();
    later(24 * HOUR_MS + 1);
    await run();
    const [topUp] = await attempts();
    expect(topUp?.state).toBe("failed");
    expect(await room.sdk.paymentIntents.retrieve(String(topUp?.paymentId))).toMatchObject({ status: "canceled" });
  });
});

test("nobody's charge is nobody's credit: one that names a top-up that is not here is kept and ignored", async () => {
  await turnOn();
  const cards = await room.sdk.paymentMethods.retrieve((await room.saveCard(account)).toString());
  const paid = await room.sdk.paymentIntents.create({
    amount: 2_000,
    currency: "usd",
    customer: String(cards.customer),
    payment_method: cards.id,
    off_session: true,
    confirm: true,
    metadata: { tenspot_account: account.id, tenspot_top_up: randomUUID() },
  });
  await room.service.webhooks.idle();
  expect(paid.status).toBe("succeeded");
  expect(await charged()).toEqual([]);
});
