import Stripe from "stripe";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type PaymentRoom, paymentRoom } from "./testing/payment-room";

const accepted = "4242424242424242";
const asksOnce = "4000002500003155";
const asksAlways = "4000002760003184";
const neverPays = "4000000000000341";
const back = "http://localhost:3000/funds";

let room: PaymentRoom;
let sdk: Stripe;
let customer: string;

beforeAll(async () => {
  room = await paymentRoom();
  sdk = room.sdk;
});

afterAll(() => room.close());

beforeEach(async () => {
  const made = await sdk.customers.create({ email: "new@example.com", metadata: { tenspot_account: "a" } });
  customer = made.id;
});

const setupPage = async () => {
  const page = await sdk.checkout.sessions.create({
    mode: "setup",
    currency: "usd",
    allowed_payment_method_types: ["card"],
    customer,
    success_url: `${back}?checkout={CHECKOUT_SESSION_ID}`,
    setup_intent_data: { metadata: { tenspot_account: "a" } },
  });
  return { id: page.id, url: String(page.url) };
};

const paymentPage = async (more: Partial<Stripe.Checkout.SessionCreateParams> = {}) => {
  const page = await sdk.checkout.sessions.create({
    mode: "payment",
    allowed_payment_method_types: ["card", "crypto"],
    customer,
    success_url: `${back}?checkout={CHECKOUT_SESSION_ID}`,
    line_items: [
      { quantity: 1, price_data: { currency: "usd", unit_amount: 2_500, product_data: { name: "Prepaid credit" } } },
    ],
    ...more,
  });
  return { id: page.id, url: String(page.url) };
};

const save = async (number: string): Promise<string> => {
  const { url } = await setupPage();
  await room.typeCard(url, number);
  if (number === asksOnce || number === asksAlways) await room.press(`${url}/confirm`, { answer: "yes" });
  const [method] = (await sdk.customers.listPaymentMethods(customer, { type: "card" })).data;
  if (method === undefined) throw new Error(`${number} was not saved`);
  return method.id;
};

const charge = (method: string, idempotencyKey?: string) =>
  sdk.paymentIntents.create(
    { amount: 2_000, currency: "usd", customer, payment_method: method, off_session: true, confirm: true },
    idempotencyKey === undefined ? {} : { idempotencyKey },
  );

/** The error of Stripe's that a call comes to. */
async function errorOf(call: Promise<unknown>): Promise<Stripe.errors.StripeCardError> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof Stripe.errors.StripeCardError) return error;
  throw new Error("The call came to no card error", { cause: error });
}

describe("saving a card", () => {
  test("on its own page charges nothing and leaves the card with its customer", async () => {
    const { id, url } = await setupPage();
    expect((await room.typeCard(url, accepted)).location).toBe(`${back}?checkout=${id}`);
    const session = await sdk.checkout.sessions.retrieve(id);
    expect(session).toMatchObject({
      mode: "setup",
      status: "complete",
      payment_status: "no_payment_required",
      amount_total: null,
      payment_intent: null,
    });
    const setup = await sdk.setupIntents.retrieve(String(session.setup_intent));
    expect(setup).toMatchObject({ status: "succeeded", usage: "off_session", metadata: { tenspot_account: "a" } });
    const { data } = await sdk.customers.listPaymentMethods(customer);
    expect(data).toMatchObject([
      {
        id: setup.payment_method,
        customer,
        type: "card",
        card: { brand: "visa", last4: "4242", exp_month: 12, exp_year: 2040 },
      },
    ]);
    expect(await room.told(setup.id)).toEqual(["setup_intent.succeeded"]);
    expect(await room.told(String(setup.payment_method))).toEqual(["payment_method.attached"]);
  });

  test("is asked for, refused or declined like a payment", async () => {
    const { url } = await setupPage();
    expect((await room.typeCard(url, "4000000000000002")).status).toBe(402);
    expect((await room.typeCard(url, asksOnce)).location).toMatch(/\/confirm$/);
    expect((await room.press(`${url}/confirm`, { answer: "no" })).status).toBe(402);
    expect((await sdk.customers.listPaymentMethods(customer)).data).toEqual([]);
  });

  test("happens while paying when the page says so, and is used again on the next page", async () => {
    const { url } = await paymentPage({ payment_method_options: { card: { setup_future_usage: "off_session" } } });
    await room.typeCard(url, accepted);
    const [method] = (await sdk.customers.listPaymentMethods(customer)).data;
    expect(method).toMatchObject({ card: { last4: "4242" } });
    const next = await paymentPage();
    expect(await (await fetch(next.url)).text()).toContain("ends in 4242");
    expect((await room.press(`${next.url}/saved`, { method: String(method?.id) })).location).toContain(next.id);
    expect(await sdk.checkout.sessions.retrieve(next.id)).toMatchObject({ payment_status: "paid", customer });
    expect((await sdk.customers.listPaymentMethods(customer)).data).toHaveLength(1);
  });

  test("does not happen where the page does not say so, and what is removed is gone", async () => {
    const { url } = await paymentPage();
    await room.typeCard(url, accepted);
    expect((await sdk.customers.listPaymentMethods(customer)).data).toEqual([]);
    const method = await save(accepted);
    expect(await sdk.paymentMethods.detach(method)).toMatchObject({ id: method, customer: null });
    expect((await sdk.customers.listPaymentMethods(customer)).data).toEqual([]);
    await expect(sdk.paymentMethods.detach(method)).rejects.toBeInstanceOf(Stripe.errors.StripeInvalidRequestError);
    await expect(charge(method)).rejects.toMatchObject({ code: "resource_missing" });
  });
});

describe("charging a saved card while nobody is there", () => {
  test("takes the money once for one key, however often it is asked", async () => {
    const method = await save(accepted);
    const paid = await charge(method, "top-up-1");
    expect(paid).toMatchObject({ status: "succeeded", amount_received: 2_000, customer, payment_method: method });
    expect((await charge(method, "top-up-1")).id).toBe(paid.id);
    expect(await room.told(paid.id)).toEqual(["payment_intent.succeeded"]);
  });

  test("a card that asked while it was saved asks no more", async () => {
    expect(await charge(await save(asksOnce))).toMatchObject({ status: "succeeded" });
  });

  test("a declined card is Stripe's error, and the same error for the same key", async () => {
    const method = await save(neverPays);
    const [first, again] = [await errorOf(charge(method, "top-up-2")), await errorOf(charge(method, "top-up-2"))];
    expect(first).toMatchObject({
      statusCode: 402,
      code: "card_declined",
      payment_intent: { status: "requires_payment_method", last_payment_error: { payment_method: { id: method } } },
    });
    expect(again.payment_intent?.id).toBe(first.payment_intent?.id);
  });

  test.each([
    ["yes", "succeeded"],
    ["no", "requires_payment_method"],
  ])("a card that needs its owner is confirmed by them on a page of the bank: %s", async (answer, status) => {
    const method = await save(asksAlways);
    const { code, payment_intent: asked } = await errorOf(charge(method));
    expect(code).toBe("authentication_required");
    const id = String(asked?.id);
    const confirmed = await sdk.paymentIntents.confirm(id, { payment_method: method, return_url: `${back}?top-up=1` });
    expect(confirmed).toMatchObject({ status: "requires_action", next_action: { type: "redirect_to_url" } });
    const page = String(confirmed.next_action?.redirect_to_url?.url);
    expect(await (await fetch(page)).text()).toContain("Is it you who pays $20.00?");
    const { location } = await room.press(page, { answer });
    expect(location).toMatch(new RegExp(`^${back}\\?top-up=1&payment_intent=${id}&.*redirect_status=`));
    expect(await sdk.paymentIntents.retrieve(id)).toMatchObject({ status });
  });

  test("what was given up can be neither confirmed nor charged", async () => {
    const method = await save(asksAlways);
    const { payment_intent: asked } = await errorOf(charge(method));
    const id = String(asked?.id);
    expect(await sdk.paymentIntents.cancel(id)).toMatchObject({ status: "canceled" });
    await expect(sdk.paymentIntents.confirm(id, { payment_method: method, return_url: back })).rejects.toMatchObject({
      code: "payment_intent_unexpected_state",
    });
  });
});

describe("stablecoins", () => {
  const promised = async (arrives: "yes" | "no") => {
    const page = await paymentPage();
    expect((await room.press(`${page.url}/crypto`, { arrives })).location).toContain(page.id);
    const session = await sdk.checkout.sessions.retrieve(page.id);
    expect(session).toMatchObject({ status: "complete", payment_status: "unpaid" });
    return { ...page, payment: String(session.payment_intent) };
  };
  const settle = (session: string, arrives: string) =>
    room.press(`${room.service.url}/demo/settle?session=${session}&arrives=${arrives}`, {});

  test("are promised first and paid when they arrive", async () => {
    const { id, payment } = await promised("yes");
    await settle(id, "yes");
    expect(await sdk.checkout.sessions.retrieve(id)).toMatchObject({ payment_status: "paid" });
    expect(await room.told(id)).toEqual(["checkout.session.completed", "checkout.session.async_payment_succeeded"]);
    const intent = await sdk.paymentIntents.retrieve(payment, { expand: ["latest_charge"] });
    expect(intent).toMatchObject({ latest_charge: { payment_method_details: { type: "crypto" } } });
  });

  test("that never arrive leave the payment failed", async () => {
    const { id, payment } = await promised("no");
    await settle(id, "no");
    expect(await room.told(id)).toEqual(["checkout.session.completed", "checkout.session.async_payment_failed"]);
    expect(await sdk.paymentIntents.retrieve(payment)).toMatchObject({ amount_received: 0 });
  });

  test("arrive by themselves after a while", async () => {
    const { id } = await promised("yes");
    room.clock.now = new Date(room.clock.now.getTime() + 31_000);
    await expect.poll(() => room.told(id), { timeout: 5_000 }).toContain("checkout.session.async_payment_succeeded");
  });
});

test("a card that is disputed later pays, and is disputed by itself", async () => {
  const { id, url } = await paymentPage();
  await room.typeCard(url, "4000000000000259");
  const { payment_intent: payment } = await sdk.checkout.sessions.retrieve(id);
  const disputes = async () => (await sdk.disputes.list({ payment_intent: String(payment) })).data.length;
  expect(await disputes()).toBe(0);
  room.clock.now = new Date(room.clock.now.getTime() + 21_000);
  await expect.poll(disputes, { timeout: 5_000 }).toBe(1);
});
