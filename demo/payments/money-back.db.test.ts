import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { paymentEvents, providerReversals } from "@/db/schema/funds";
import { PaymentsUnavailable } from "@/lib/payments/provider";
import { authorizeWork } from "@/lib/services/authorizations/authorize-work";
import { grantCredit } from "@/lib/services/funds/grant-credit";
import { postWaitingReversals } from "@/lib/services/funds/take-money-back";
import type { NamedAccount } from "@/lib/services/operators/name-account";
import { dollars, openPayRoom, type PayRoom, type Told } from "./testing/pay-room";

let room: PayRoom;
let account: NamedAccount;

beforeAll(async () => {
  room = await openPayRoom();
});

afterAll(async () => {
  expect(await room.close()).toEqual([]);
});

beforeEach(async () => {
  await room.service.webhooks.deliver("now");
  account = await room.customer();
});

/** What is told while `happen` runs, kept back from the webhook. */
async function kept(happen: () => Promise<unknown>): Promise<Told[]> {
  await room.service.webhooks.deliver("late");
  const before = (await room.told()).length;
  await happen();
  return (await room.told()).slice(before);
}

const idle = () => room.service.webhooks.idle();

describe("what the provider gives back", () => {
  test("in parts reverses the deposit part by part, each once, whatever the balance", async () => {
    const payment = await room.pay(account, "25");
    await room.sdk.refunds.create({ payment_intent: payment, amount: 1_000 });
    await room.sdk.refunds.create({ payment_intent: payment, amount: 1_500 });
    await expect.poll(async () => (await room.books(account)).paid).toBe("0");
    await idle();
    await room.service.webhooks.deliver("twice");
    await room.service.webhooks.deliver("reverse");
    const { paid, posted } = await room.books(account);
    expect(paid).toBe("0");
    expect(posted.toSorted()).toEqual(["deposit 25", "refund 10", "refund 15"]);
  });

  test("and comes back because nobody could take it is credited again", async () => {
    const payment = await room.pay(account, "25");
    const refund = await room.press(`${payment}/refund`, { amount: "10" });
    await room.press(`refunds/${refund}/fail`);
    await expect.poll(async () => (await room.books(account)).posted.length).toBe(3);
    const { paid, posted } = await room.books(account);
    expect([paid, posted]).toEqual(["25", ["deposit 25", "refund 10", "refund_failed 10"]]);
  });

  test("is taken when it is promised, not when the bank has it", async () => {
    const payment = await room.pay(account, "25");
    const refund = await room.press(`${payment}/refund`, { amount: "10", pending: "yes" });
    await expect.poll(async () => (await room.books(account)).paid).toBe("15");
    await room.press(`refunds/${refund}/settle`);
    await idle();
    expect((await room.books(account)).posted).toEqual(["deposit 25", "refund 10"]);
  });
});

describe("a dispute", () => {
  test("takes the money when it is withdrawn, and returns it when it is won", async () => {
    const payment = await room.pay(account, "25");
    const dispute = await room.press(`${payment}/dispute`);
    await expect.poll(async () => (await room.books(account)).paid).toBe("0");
    await room.press(`disputes/${dispute}/evidence`);
    await room.press(`disputes/${dispute}/win`);
    await expect.poll(async () => (await room.books(account)).paid).toBe("25");
    await idle();
    await room.service.webhooks.deliver("twice");
    expect((await room.books(account)).posted).toEqual(["deposit 25", "chargeback 25", "dispute_won 25"]);
  });

  test("lost leaves it taken", async () => {
    const payment = await room.pay(account, "25");
    await room.press(`disputes/${await room.press(`${payment}/dispute`)}/lose`);
    await expect.poll(async () => (await room.books(account)).posted.length).toBe(2);
    await idle();
    expect(await room.books(account)).toMatchObject({ paid: "0", posted: ["deposit 25", "chargeback 25"] });
  });

  test("on top of a refund takes what the bank took, even more than was paid", async () => {
    const payment = await room.pay(account, "10");
    const refund = await room.press(`${payment}/refund`, { amount: "6" });
    await room.press(`${payment}/dispute`);
    await expect.poll(async () => (await room.books(account)).paid).toBe("-6");
    await room.press(`refunds/${refund}/fail`);
    await expect.poll(async () => (await room.books(account)).paid).toBe("0");
  });
});

test("more taken back of one payment than it brought leaves another standing as what work is authorized by", async () => {
  const granted = { reference: account.externalId, bucket: "promo", amount: dollars("50"), reason: "a test" } as const;
  await grantCredit(room.ctx, { account, ...granted });
  const ask = () =>
    authorizeWork(room.ctx, {
      account,
      reference: crypto.randomUUID(),
      price: { sku: null, hourly: dollars("1") },
      quantityMilli: 1_000n,
    });
  const [twice, stands] = [await room.pay(account, "20"), await room.pay(account, "10")];
  await room.press(`${twice}/refund`, { amount: "20" });
  await room.press(`${twice}/dispute`);
  await expect.poll(async () => (await room.books(account)).paid).toBe("-10");
  expect(await ask()).toMatchObject({ ok: true });
  await room.press(`${stands}/refund`, { amount: "10" });
  await expect.poll(async () => (await room.books(account)).paid).toBe("-20");
  expect(await ask()).toMatchObject({ ok: false, denial: { reason: "no_payment_method" } });
});

describe("any one event of a refund or dispute is enough", () => {
  test.each(["refund.created", "charge.refunded", "refund.failed", "refund.updated"])("%s", async (type) => {
    const payment = await room.pay(account, "25");
    await expect.poll(async () => (await room.books(account)).paid).toBe("25");
    const failing = type === "refund.failed" || type === "refund.updated";
    const events = await kept(async () => {
      const refund = await room.press(`${payment}/refund`, { amount: "10" });
      if (failing) await room.press(`refunds/${refund}/fail`);
    });
    const event = events.find((each) => each.type === type);
    if (!event) throw new Error("not told");
    expect(await room.deliver(event)).toMatchObject({ ok: true, created: true });
    const expected = ["deposit 25", "refund 10", ...(failing ? ["refund_failed 10"] : [])];
    expect((await room.books(account)).posted).toEqual(expected);
    for (const each of events) expect(await room.deliver(each)).toMatchObject({ ok: true });
    expect((await room.books(account)).posted).toEqual(expected);
  });

  test.each([
    "charge.dispute.created",
    "charge.dispute.funds_withdrawn",
    "charge.dispute.closed",
    "charge.dispute.funds_reinstated",
  ])("%s", async (type) => {
    const payment = await room.pay(account, "25");
    await expect.poll(async () => (await room.books(account)).paid).toBe("25");
    const events = await kept(async () => {
      await room.press(`disputes/${await room.press(`${payment}/dispute`)}/win`);
    });
    const event = events.find((each) => each.type === type);
    if (!event) throw new Error("not told");
    await room.deliver(event);
    const won = type === "charge.dispute.closed" || type === "charge.dispute.funds_reinstated";
    const expected = ["deposit 25", "chargeback 25", "dispute_won 25"];
    expect((await room.books(account)).posted).toEqual(won ? expected : expected.slice(0, 2));
    for (const each of events) await room.deliver(each);
    expect((await room.books(account)).posted).toEqual(expected);
  });
});

describe("what is known before its deposit", () => {
  const early = async () => {
    let payment = "";
    const events = await kept(async () => {
      payment = await room.pay(account, "25");
      await room.press(`${payment}/refund`, { amount: "10" });
    });
    const isDeposit = ({ type }: Told) => type === "checkout.session.completed" || type === "payment_intent.succeeded";
    return {
      payment,
      deposit: events.filter((each) => isDeposit(each)),
      refund: events.filter((each) => !isDeposit(each)),
    };
  };

  test("waits, and is posted right after it", async () => {
    const { deposit, refund } = await early();
    for (const each of refund) expect(await room.deliver(each)).toMatchObject({ ok: true, created: true });
    expect((await room.books(account)).posted).toEqual([]);
    for (const each of deposit) await room.deliver(each);
    expect(await room.books(account)).toMatchObject({ paid: "15", posted: ["deposit 25", "refund 10"] });
  });

  test("and left by a process that ended right after the deposit is found by the worker", async () => {
    const { payment } = await early();
    await room.service.webhooks.deliver("now");
    await expect.poll(async () => (await room.books(account)).paid).toBe("15");
    await room.ctx.db.insert(providerReversals).values({
      reference: `stripe:re_left_${payment}`,
      depositReference: `stripe:${payment}`,
      amount: dollars("10"),
      reason: "refund",
      requestReference: null,
      knownAt: new Date(),
    });
    expect(await postWaitingReversals(room.ctx)).toBe(1);
    expect(await postWaitingReversals(room.ctx)).toBe(0);
    expect((await room.books(account)).paid).toBe("5");
  });
});

test("a silent provider keeps an event of a refund coming until it answers", async () => {
  const payment = await room.pay(account, "25");
  await expect.poll(async () => (await room.books(account)).paid).toBe("25");
  const events = await kept(() => room.sdk.refunds.create({ payment_intent: payment, amount: 500 }));
  const event = events.find(({ type }) => type === "charge.refunded");
  if (!event) throw new Error("not told");
  const refundsOf = () => Promise.reject(new PaymentsUnavailable());
  const silent = { ...room.ctx, payments: { ...room.ctx.payments, refundsOf } };
  expect(await room.deliver(event, silent)).toMatchObject({ ok: false, problem: { code: "unavailable" } });
  expect(await room.ctx.db.select().from(paymentEvents)).not.toContainEqual(
    expect.objectContaining({ eventId: event.id }),
  );
  expect(await room.deliver(event)).toMatchObject({ ok: true, created: true });
  expect((await room.books(account)).paid).toBe("20");
});

test("refunds of another product, in another currency or of no payment move nothing", async () => {
  const refund = { id: "re_other", object: "refund", amount: 500, currency: "usd", status: "succeeded", metadata: {} };
  const told = (object: object): Told => ({
    id: `evt_${crypto.randomUUID()}`,
    type: "refund.created",
    data: { object },
  });
  expect(await room.deliver(told({ ...refund, payment_intent: "pi_of_another_product" }))).toMatchObject({ ok: true });
  for (const changes of [{ currency: "eur" }, { payment_intent: null }, { amount: 0 }, { amount: "500" }]) {
    const odd = { ...refund, payment_intent: "pi_x", ...changes };
    expect(await room.deliver(told(odd))).toMatchObject({ ok: true, value: "ignored" });
  }
  expect(await postWaitingReversals(room.ctx)).toBe(0);
});
