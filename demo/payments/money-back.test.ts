import { createServer, type Server } from "node:http";
import Stripe from "stripe";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { freePort } from "@/demo/processes/ports";
import { nanos } from "@/lib/money/nanos";
import { stripePayments } from "@/lib/payments/stripe";
import { type PaymentService, startPaymentService } from "./service";

const secretKey = "sk_test_demo";
const secrets = ["whsec_one"];

let webhook: Server;
let received: Stripe.Event[];
let service: PaymentService;
let sdk: Stripe;

beforeEach(async () => {
  received = [];
  webhook = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    received.push(JSON.parse(Buffer.concat(chunks).toString()));
    response.writeHead(200).end();
  });
  const port = await freePort();
  await new Promise<void>((resolve) => webhook.listen(port, "127.0.0.1", resolve));
  service = await startPaymentService({
    port: 0,
    secretKey,
    webhook: { url: `http://127.0.0.1:${port}/`, secrets, retryDelaysMs: [1] },
  });
  const at = new URL(service.url);
  sdk = new Stripe(secretKey, { host: at.hostname, port: at.port, protocol: "http", telemetry: false });
});

afterEach(async () => {
  await service.close();
  webhook.closeAllConnections();
  await new Promise((resolve) => webhook.close(resolve));
});

/** A payment of so many cents, made on its page. @returns its id */
async function paid(cents: number): Promise<string> {
  const provider = stripePayments({ secretKey, webhookSecrets: secrets, apiUrl: service.url });
  const accountId = "0193a1b2-0000-7000-8000-000000000001";
  const { id, url } = await provider.openCheckout({
    accountId,
    customerId: await provider.makeCustomer({ accountId }),
    amount: nanos(BigInt(cents) * 10_000_000n),
    attempt: crypto.randomUUID(),
    returnUrl: "http://localhost:3000/funds",
  });
  const card = { number: "4242424242424242", email: "new@example.com", expiry: "12/40", code: "123" };
  await fetch(url, { method: "POST", body: new URLSearchParams(card), redirect: "manual" });
  await service.webhooks.idle();
  received = [];
  return String((await sdk.checkout.sessions.retrieve(id)).payment_intent);
}

const press = async (path: string, fields: Record<string, string> = {}) =>
  (await fetch(`${service.url}/demo/payments/${path}`, { method: "POST", body: new URLSearchParams(fields) })).json();

const told = async (): Promise<string[]> => {
  await service.webhooks.idle();
  return received.map(({ type }) => type).toSorted();
};

describe("refunds, through the unmodified SDK", () => {
  test("a part and then the rest are given back, told, and shown on the charge", async () => {
    const payment = await paid(2_500);
    const part = await sdk.refunds.create({
      payment_intent: payment,
      amount: 1_000,
      metadata: { tenspot_refund: "r" },
    });
    expect(part).toMatchObject({ object: "refund", amount: 1_000, status: "succeeded", payment_intent: payment });
    expect(await told()).toEqual(["charge.refunded", "refund.created"]);
    const rest = await sdk.refunds.create({ payment_intent: payment });
    expect(rest.amount).toBe(1_500);
    const [charge] = (await sdk.charges.list({ payment_intent: payment })).data;
    expect(charge).toMatchObject({ amount: 2_500, amount_refunded: 2_500, refunded: true });
    expect((await sdk.refunds.list({ payment_intent: payment })).data.map(({ id }) => id)).toEqual([rest.id, part.id]);
    expect(await sdk.refunds.retrieve(part.id)).toMatchObject({ metadata: { tenspot_refund: "r" } });
  });

  test("one idempotency key gives back once", async () => {
    const payment = await paid(2_500);
    const ask = () => sdk.refunds.create({ payment_intent: payment, amount: 500 }, { idempotencyKey: "once" });
    expect((await ask()).id).toBe((await ask()).id);
    expect((await sdk.refunds.list({ payment_intent: payment })).data).toHaveLength(1);
  });

  test("more than is left, or of nothing that was paid, is refused as Stripe refuses it", async () => {
    const payment = await paid(1_000);
    await expect(sdk.refunds.create({ payment_intent: payment, amount: 1_001 })).rejects.toMatchObject({
      param: "amount",
    });
    await sdk.refunds.create({ payment_intent: payment });
    await expect(sdk.refunds.create({ payment_intent: payment })).rejects.toMatchObject({
      code: "charge_already_refunded",
    });
    await expect(sdk.refunds.create({ payment_intent: "pi_none" })).rejects.toMatchObject({ code: "resource_missing" });
  });

  test("one that waits for its bank is settled or comes back, and what came back can be refunded again", async () => {
    const payment = await paid(1_000);
    const slow = await press(`${payment}/refund`, { amount: "4", pending: "yes" });
    expect(await sdk.refunds.retrieve(slow.id)).toMatchObject({ status: "pending", amount: 400 });
    await press(`refunds/${slow.id}/settle`);
    expect(await sdk.refunds.retrieve(slow.id)).toMatchObject({ status: "succeeded" });
    await press(`refunds/${slow.id}/fail`);
    expect(await sdk.refunds.retrieve(slow.id)).toMatchObject({
      status: "failed",
      failure_reason: "expired_or_canceled_card",
    });
    expect(await told()).toEqual([
      "charge.refund.updated",
      "charge.refunded",
      "refund.created",
      "refund.failed",
      "refund.updated",
      "refund.updated",
    ]);
    expect((await sdk.refunds.create({ payment_intent: payment })).amount).toBe(1_000);
    expect(await press(`${payment}/refund`, { amount: "1" })).toHaveProperty("error");
  });
});

describe("disputes", () => {
  test("opened by the customer's bank take the money at once, and cannot be refunded as well", async () => {
    const payment = await paid(2_500);
    const { id } = await press(`${payment}/dispute`);
    expect(await told()).toEqual(["charge.dispute.created", "charge.dispute.funds_withdrawn"]);
    const dispute = await sdk.disputes.retrieve(id);
    expect(dispute).toMatchObject({ status: "needs_response", amount: 2_500, payment_intent: payment });
    expect(dispute.balance_transactions.map(({ amount }) => amount)).toEqual([-2_500]);
    await expect(sdk.refunds.create({ payment_intent: payment })).rejects.toMatchObject({ code: "charge_disputed" });
  });

  test("are won by winning evidence: the money is back, and can be refunded", async () => {
    const payment = await paid(2_500);
    const { id } = await press(`${payment}/dispute`);
    await told();
    received = [];
    await sdk.disputes.update(id, { evidence: { uncategorized_text: "winning_evidence" } });
    expect(await told()).toEqual([
      "charge.dispute.closed",
      "charge.dispute.funds_reinstated",
      "charge.dispute.updated",
    ]);
    const dispute = await sdk.disputes.retrieve(id);
    expect(dispute.status).toBe("won");
    expect(dispute.balance_transactions.map(({ amount }) => amount)).toEqual([-2_500, 2_500]);
    expect((await sdk.refunds.create({ payment_intent: payment })).amount).toBe(2_500);
  });

  test("are lost when they are accepted, once", async () => {
    const payment = await paid(2_500);
    const { id } = await press(`${payment}/dispute`);
    expect((await sdk.disputes.close(id)).status).toBe("lost");
    await expect(sdk.disputes.close(id)).rejects.toMatchObject({ statusCode: 400 });
    await press(`disputes/${id}/win`);
    expect((await sdk.disputes.retrieve(id)).status).toBe("lost");
  });
});

test("charges, refunds and disputes are listed by when they were made, page by page", async () => {
  const payments = [await paid(500), await paid(600), await paid(700)];
  for (const payment of payments) await sdk.refunds.create({ payment_intent: payment });
  const found: string[] = [];
  for await (const { payment_intent: payment } of sdk.refunds.list({ limit: 1 })) found.push(String(payment));
  expect(found).toEqual(payments.toReversed());
  const hence = Math.floor(Date.now() / 1_000) + 60;
  expect((await sdk.charges.list({ created: { gte: hence } })).data).toEqual([]);
  expect((await sdk.charges.list({ created: { lt: hence } })).data).toHaveLength(3);
});

test("the page offers what can be done with each payment", async () => {
  const payment = await paid(2_500);
  const { id } = await press(`${payment}/dispute`);
  const shown = await (await fetch(`${service.url}/demo/payments`)).text();
  for (const path of [`${payment}/refund`, `${payment}/dispute`, `disputes/${id}/win`, `disputes/${id}/lose`]) {
    expect(shown).toContain(`action="/demo/payments/${path}"`);
  }
});
