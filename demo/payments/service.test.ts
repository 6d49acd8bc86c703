import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Stripe from "stripe";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { freePort } from "@/demo/processes/ports";
import { nanos } from "@/lib/money/nanos";
import { stripePayments } from "@/lib/payments/stripe";
import { type PaymentService, startPaymentService } from "./service";
import { signatureOf } from "./webhooks";

const secretKey = "sk_test_demo";
const secrets = ["whsec_one", "whsec_two"];
const accountId = "0193a1b2-0000-7000-8000-000000000001";

let home: string;
let webhook: Server;
let webhookUrl: string;
let received: { type: string; sessionId: string; genuine: boolean }[];
/** What the webhook answers next; 200 once used up. */
let answers: number[];
let service: PaymentService;

const start = (): Promise<PaymentService> =>
  startPaymentService({
    port: 0,
    secretKey,
    webhook: { url: webhookUrl, secrets, retryDelaysMs: [1] },
    stateFile: join(home, "payments.json"),
  });

const sdk = (key = secretKey): Stripe => {
  const { hostname, port } = new URL(service.url);
  return new Stripe(key, { host: hostname, port, protocol: "http", maxNetworkRetries: 0, telemetry: false });
};

const provider = () => stripePayments({ secretKey, webhookSecrets: secrets, apiUrl: service.url });

async function openPage(attempt = "attempt-1", cents = 2_500n, email = "new@example.com") {
  return provider().openCheckout({
    accountId,
    customerId: await provider().makeCustomer({ accountId, email }),
    amount: nanos(cents * 10_000_000n),
    attempt,
    returnUrl: "http://localhost:3000/funds?from=menu",
  });
}

const typeCard = (url: string, number: string, email = "new@example.com") =>
  fetch(url, {
    method: "POST",
    body: new URLSearchParams({ number, email, expiry: "12/40", code: "123" }),
    redirect: "manual",
  });

const settled = async (count: number): Promise<void> => {
  await expect.poll(() => received.length, { timeout: 5_000, interval: 5 }).toBeGreaterThanOrEqual(count);
  await service.webhooks.idle();
};

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), "payments-"));
  received = [];
  answers = [];
  const parser = stripePayments({ secretKey, webhookSecrets: ["whsec_two"] });
  webhook = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const rawBody = Buffer.concat(chunks);
    const signature = String(request.headers["stripe-signature"]);
    const reading = parser.readDelivery({ rawBody, signature, receivedAt: new Date() });
    const event: Stripe.Event = JSON.parse(rawBody.toString());
    const sessionId = "id" in event.data.object ? String(event.data.object.id) : "";
    received.push({ type: event.type, sessionId, genuine: reading.ok });
    response.writeHead(answers.shift() ?? 200).end();
  });
  const port = await freePort();
  await new Promise<void>((resolve) => webhook.listen(port, "127.0.0.1", resolve));
  webhookUrl = `http://127.0.0.1:${port}/`;
  service = await start();
});

afterEach(async () => {
  vi.restoreAllMocks();
  await service.close();
  webhook.closeAllConnections();
  await new Promise((resolve) => webhook.close(resolve));
  rmSync(home, { recursive: true });
});

describe("the API, through the unmodified SDK", () => {
  test("a session is opened for the account, in dollars, and can be read again", async () => {
    const { id, url } = await openPage();
    expect(url).toBe(`${service.url}/pay/${id}`);
    expect(await sdk().checkout.sessions.retrieve(id)).toMatchObject({
      id,
      mode: "payment",
      currency: "usd",
      amount_total: 2_500,
      status: "open",
      payment_status: "unpaid",
      client_reference_id: accountId,
      metadata: { tenspot_account: accountId },
      customer_details: { email: "new@example.com" },
      success_url: "http://localhost:3000/funds?from=menu&payment=returned&checkout={CHECKOUT_SESSION_ID}",
      cancel_url: "http://localhost:3000/funds?from=menu&payment=cancelled",
    });
  });

  test("the same attempt opens one page, however often it is sent; another amount opens another", async () => {
    const [first, again, other] = [await openPage(), await openPage(), await openPage("attempt-1", 5_000n)];
    expect(again).toEqual(first);
    expect(other.id).not.toBe(first.id);
  });

  test("an e-mail address the provider does not take is left to the person to type", async () => {
    const { id } = await openPage("attempt-1", 2_500n, "somebody@here");
    expect(await sdk().checkout.sessions.retrieve(id)).toMatchObject({ status: "open", customer_details: null });
  });

  test("one idempotency key with other content is refused as Stripe refuses it", async () => {
    const ask = (cents: number) =>
      sdk().checkout.sessions.create(
        { mode: "payment", success_url: "http://localhost/", line_items: [lineItem(cents)] },
        { idempotencyKey: "k" },
      );
    await ask(500);
    await expect(ask(600)).rejects.toBeInstanceOf(Stripe.errors.StripeIdempotencyError);
  });

  test("a wrong key, an unknown session and an unknown parameter are Stripe's errors", async () => {
    await expect(sdk("sk_test_wrong").events.list()).rejects.toBeInstanceOf(Stripe.errors.StripeAuthenticationError);
    await expect(sdk().checkout.sessions.retrieve("constructor")).rejects.toMatchObject({
      statusCode: 404,
      code: "resource_missing",
    });
    const params = { mode: "payment", success_url: "http://localhost/", line_items: [lineItem(500)], colour: "red" };
    await expect(sdk().checkout.sessions.create({ ...params, mode: "payment" })).rejects.toMatchObject({
      code: "parameter_unknown",
      param: "colour",
    });
  });

  test("an expired session says so, tells the webhook, and takes no card", async () => {
    const { id, url } = await openPage();
    expect(await sdk().checkout.sessions.expire(id)).toMatchObject({ status: "expired", url: null });
    await settled(1);
    expect(received).toEqual([{ type: "checkout.session.expired", sessionId: id, genuine: true }]);
    expect((await typeCard(url, "4242424242424242")).status).toBe(410);
  });
});

const lineItem = (cents: number) => ({
  quantity: 1,
  price_data: { currency: "usd", unit_amount: cents, product_data: { name: "Prepaid credit" } },
});

describe("the payment page", () => {
  test("an accepted card sends the person back with the session's id and tells the webhook, signed", async () => {
    const { id, url } = await openPage();
    const answer = await typeCard(url, "4242 4242 4242 4242");
    expect(answer.status).toBe(303);
    expect(answer.headers.get("location")).toBe(
      `http://localhost:3000/funds?from=menu&payment=returned&checkout=${id}`,
    );
    await settled(2);
    expect(received.map(({ type }) => type).toSorted()).toEqual([
      "checkout.session.completed",
      "payment_intent.succeeded",
    ]);
    expect(received.every(({ genuine }) => genuine)).toBe(true);
  });

  test("a declined card says so, charges nothing, and leaves the page open for another", async () => {
    const { id, url } = await openPage();
    const answer = await typeCard(url, "4000000000000002");
    expect(answer.status).toBe(402);
    expect(await answer.text()).toContain("declined");
    expect(await sdk().checkout.sessions.retrieve(id)).toMatchObject({ status: "open", payment_status: "unpaid" });
    expect((await typeCard(url, "4242424242424242")).status).toBe(303);
  });

  test("a card that needs its owner is charged only once they confirm", async () => {
    const { id, url } = await openPage();
    expect((await typeCard(url, "4000002500003155")).headers.get("location")).toBe(`/pay/${id}/confirm`);
    const answer = (value: string) =>
      fetch(`${url}/confirm`, { method: "POST", body: new URLSearchParams({ answer: value }), redirect: "manual" });
    expect((await answer("no")).status).toBe(402);
    expect(await sdk().checkout.sessions.retrieve(id)).toMatchObject({ payment_status: "unpaid" });
    expect((await answer("yes")).headers.get("location")).toBe(`/pay/${id}`);
    await typeCard(url, "4000002500003155");
    expect((await answer("yes")).headers.get("location")).toContain(id);
    expect(await sdk().checkout.sessions.retrieve(id)).toMatchObject({ status: "complete", payment_status: "paid" });
  });

  test("a number that is no test card is refused and shown nowhere", async () => {
    const { url } = await openPage();
    const answer = await typeCard(url, "4111111111111111");
    expect(answer.status).toBe(422);
    expect(await answer.text()).not.toContain("4111");
  });

  test("a page that was paid is not paid twice", async () => {
    const { url } = await openPage();
    await typeCard(url, "4242424242424242");
    expect(await (await typeCard(url, "4242424242424242")).text()).toContain("Paid already");
    await settled(2);
    expect(received).toHaveLength(2);
  });

  test("what an address holds cannot become markup", async () => {
    const { url } = await openPage();
    const page = await (await typeCard(url, "1", '"><script>')).text();
    expect(page).not.toContain("<script>");
  });

  test("one card under one address has one fingerprint, under another address another", async () => {
    const fingerprint = async (attempt: string, email: string) => {
      const { id, url } = await openPage(attempt);
      await typeCard(url, "4242424242424242", email);
      const { payment_intent: payment } = await sdk().checkout.sessions.retrieve(id);
      return (await provider().paymentDetails(String(payment))).instrument;
    };
    const mine = await fingerprint("attempt-1", "a@example.com");
    expect(mine).toMatch(/^[0-9a-f]{16}$/);
    expect(await fingerprint("attempt-2", "A@example.com ")).toBe(mine);
    expect(await fingerprint("attempt-3", "b@example.com")).not.toBe(mine);
  });
});

describe("webhooks", () => {
  test("are signed as the SDK signs, once for each secret", () => {
    const body = '{"id":"evt_1"}';
    const [one, two] = secrets.map((secret) =>
      Stripe.webhooks.generateTestHeaderString({ payload: body, secret, timestamp: 1_700_000_000 }),
    );
    expect(signatureOf(body, secrets, 1_700_000_000)).toBe(`${one},${two?.slice(two.indexOf("v1="))}`);
  });

  test("are sent again until they are taken", async () => {
    vi.spyOn(console, "error").mockReturnValue();
    answers = [500, 503, 400, 404];
    const { url } = await openPage();
    await typeCard(url, "4242424242424242");
    await settled(6);
    await expect
      .poll(async () => (await sdk().events.list()).data.map((event) => event.pending_webhooks))
      .toEqual([0, 0]);
  });

  const deliver = async (mode: string) =>
    (await fetch(`${service.url}/demo/deliver?mode=${mode}`, { method: "POST" })).json();

  test("can be kept back, doubled and reversed on demand", async () => {
    await deliver("late");
    const { url } = await openPage();
    await typeCard(url, "4242424242424242");
    await service.webhooks.idle();
    expect(received).toEqual([]);
    const { delivered } = await deliver("reverse");
    expect(delivered.map(({ type }: { type: string }) => type)).toEqual([
      "checkout.session.completed",
      "payment_intent.succeeded",
    ]);
    await deliver("twice");
    expect(received).toHaveLength(6);
    expect((await deliver("now")).delivered).toEqual([]);
    expect(await deliver("backwards")).toHaveProperty("error");
  });

  test("a restart delivers what nobody took, and still knows what was paid", async () => {
    await deliver("late");
    const { id, url } = await openPage();
    await typeCard(url, "4242424242424242");
    await service.close();
    service = await start();
    await settled(2);
    expect(received.map(({ type }) => type)).toContain("checkout.session.completed");
    expect(await sdk().checkout.sessions.retrieve(id)).toMatchObject({ payment_status: "paid" });
    expect((await deliver("twice")).delivered).toHaveLength(4);
  });
});
