import { randomUUID } from "node:crypto";
import { createServer, type Server } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { eq } from "drizzle-orm";
import fc from "fast-check";
import Stripe from "stripe";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { POST } from "@/app/api/payments/stripe/webhook/route";
import { accounts, wallets } from "@/db/schema/accounts";
import { checkouts, deposits, paymentEvents } from "@/db/schema/funds";
import { postings } from "@/db/schema/ledger";
import { createDatabase, type TestDatabase } from "@/db/testing/database";
import { freePort } from "@/demo/processes/ports";
import type { AccountRef } from "@/lib/ledger/wallet";
import { notifyChanged } from "@/lib/live/notify";
import { NANOS_PER_DOLLAR, nanos } from "@/lib/money/nanos";
import { PaymentsUnavailable } from "@/lib/payments/provider";
import { openAccount } from "@/lib/services/accounts/open-account";
import { openCheckout } from "@/lib/services/funds/open-checkout";
import { type PaymentContext, paymentContext } from "@/lib/services/funds/payment-context";
import { receivePaymentEvent } from "@/lib/services/funds/receive-payment-event";
import { type PaymentService, startPaymentService } from "./service";
import { signatureOf } from "./webhooks";

// Notices are sent some milliseconds later, when the test's pool may be gone.
vi.mock("@/lib/live/notify", () => ({ notifyChanged: vi.fn() }));

const secretKey = "sk_test_demo";
const secret = "whsec_demo";
const returnUrl = "http://localhost:3000/funds";
const accepted = "4242424242424242";
const declined = "4000000000000002";

let database: TestDatabase;
let service: PaymentService;
let product: Server;
let ctx: PaymentContext;
let sdk: Stripe;
let account: AccountRef;

beforeAll(async () => {
  database = await createDatabase();
  product = createServer(getRequestListener(POST));
  const port = await freePort();
  await new Promise<void>((resolve) => product.listen(port, "127.0.0.1", resolve));
  const webhook = {
    url: `http://127.0.0.1:${port}/api/payments/stripe/webhook`,
    secrets: [secret],
    retryDelaysMs: [5],
  };
  service = await startPaymentService({ port: 0, secretKey, webhook });
  vi.stubEnv("DATABASE_URL", database.url("web"));
  vi.stubEnv("NEXTAUTH_URL", "http://localhost:3000");
  vi.stubEnv("STRIPE_SECRET_KEY", secretKey);
  vi.stubEnv("STRIPE_WEBHOOK_SECRETS", `whsec_next,${secret}`);
  vi.stubEnv("STRIPE_API_URL", service.url);
  ctx = paymentContext();
  const { hostname, port: apiPort } = new URL(service.url);
  sdk = new Stripe(secretKey, { host: hostname, port: apiPort, protocol: "http", telemetry: false });
});

afterAll(async () => {
  await service.close();
  product.closeAllConnections();
  await new Promise((resolve) => product.close(resolve));
  await ctx.db.$client.end();
  await database.close();
  vi.unstubAllEnvs();
});

beforeEach(async () => {
  account = await newAccount();
});

async function newAccount(): Promise<AccountRef> {
  const name = `cust_${randomUUID()}`;
  const opened = await openAccount(ctx, { externalId: name, email: `${name}@example.com` });
  if (!opened.ok) throw new Error(opened.problem.detail);
  return opened.value;
}

const dollars = (count: number) => nanos(BigInt(count) * NANOS_PER_DOLLAR);

async function open(amount: number, attempt: string = randomUUID()): Promise<{ id: string; url: string }> {
  const opened = await openCheckout(ctx, { account, amount: dollars(amount), attempt, returnUrl });
  if (!opened.ok) throw new Error(opened.problem.detail);
  return opened.value;
}

const typeCard = (url: string, number: string) =>
  fetch(url, {
    method: "POST",
    body: new URLSearchParams({ number, email: "new@example.com", expiry: "12/40", code: "123" }),
    redirect: "manual",
  });

/** What the books say about the account. */
async function books() {
  const [wallet] = await ctx.db.select().from(wallets).where(eq(wallets.accountId, account.id));
  const money = await ctx.db.select().from(deposits).where(eq(deposits.accountId, account.id));
  const posted = await ctx.db.select().from(postings).where(eq(postings.accountId, account.id));
  const pages = await ctx.db.select().from(checkouts).where(eq(checkouts.accountId, account.id));
  return {
    paid: wallet?.paidNet,
    deposited: wallet?.deposited,
    deposits: money,
    postings: posted.length,
    status: Object.fromEntries(pages.map((page) => [page.id, page.status])),
  };
}

interface StripeLike {
  id: string;
  type: string;
  data: { object: unknown };
}

const signed = (event: StripeLike, with_ = secret) => {
  const rawBody = Buffer.from(JSON.stringify({ livemode: false, ...event }));
  return { rawBody, signature: signatureOf(rawBody.toString(), [with_], Math.floor(Date.now() / 1_000)) };
};

const deliver = (event: StripeLike, context = ctx) => receivePaymentEvent(context, signed(event));

const nothing = { paid: 0n, deposited: 0n, deposits: [], postings: 0 };

describe("a payment", () => {
  test("travels from the card to the wallet, in the amount the provider was paid", async () => {
    const { id, url } = await open(25);
    expect(await books()).toMatchObject({ ...nothing, status: { [id]: "open" } });
    await typeCard(url, accepted);
    await expect.poll(async () => (await books()).status[id]).toBe("paid");
    const { payment_intent: payment } = await sdk.checkout.sessions.retrieve(id);
    expect(await books()).toMatchObject({
      paid: dollars(25),
      deposited: dollars(25),
      postings: 1,
      deposits: [
        { reference: `stripe:${payment}`, method: "card", instrument: expect.stringMatching(/^[0-9a-f]{16}$/) },
      ],
    });
    expect(notifyChanged).toHaveBeenCalledWith(ctx.db, [account.id]);
  });

  test("declined leaves no posting, and the same page can still be paid", async () => {
    const { id, url } = await open(10);
    await typeCard(url, declined);
    await typeCard(url, declined);
    await service.webhooks.idle();
    expect(await books()).toMatchObject({ ...nothing, status: { [id]: "open" } });
    await typeCard(url, accepted);
    await expect.poll(async () => (await books()).paid).toBe(dollars(10));
    expect((await books()).postings).toBe(1);
  });

  test("abandoned leaves no posting, and says that it expired", async () => {
    const { id } = await open(10);
    await sdk.checkout.sessions.expire(id);
    await expect.poll(async () => (await books()).status[id]).toBe("expired");
    expect(await books()).toMatchObject(nothing);
  });
});

describe("opening a checkout", () => {
  test("the same attempt again opens no second page", async () => {
    const first = await open(10, "attempt-0001");
    expect(await open(10, "attempt-0001")).toEqual(first);
    expect(Object.keys((await books()).status)).toEqual([first.id]);
  });

  test("an attempt whose page was used up opens a fresh one", async () => {
    const first = await open(10, "attempt-0002");
    await typeCard(first.url, accepted);
    await expect.poll(async () => (await books()).status[first.id]).toBe("paid");
    const second = await open(10, "attempt-0002");
    expect((await books()).status).toEqual({ [first.id]: "paid", [second.id]: "open" });
  });

  test.each([
    ["$4.99", 4_990_000_000n],
    ["$5,000.01", 5_000_010_000_000n],
    ["a fraction of a cent", 10_000_000_001n],
    ["nothing", 0n],
    ["less than nothing", -10_000_000_000n],
  ])("%s is refused before the provider hears of it", async (_, amount) => {
    const refused = await openCheckout(ctx, { account, amount: nanos(amount), attempt: randomUUID(), returnUrl });
    expect(refused).toMatchObject({ ok: false, problem: { code: "invalid", path: "amount" } });
    expect((await books()).status).toEqual({});
  });

  test.each([5, 5_000])("$%d is accepted", async (amount) => {
    expect((await open(amount)).url).toContain(service.url);
  });

  test("an account that is closed, or nobody's, opens nothing", async () => {
    await ctx.db.update(accounts).set({ status: "closed" }).where(eq(accounts.id, account.id));
    const input = { amount: dollars(10), attempt: randomUUID(), returnUrl };
    expect(await openCheckout(ctx, { account, ...input })).toMatchObject({ problem: { code: "invalid" } });
    const nobody = { lane: account.lane, id: randomUUID() };
    expect(await openCheckout(ctx, { account: nobody, ...input })).toMatchObject({ problem: { code: "not_found" } });
  });

  test("a silent provider charges nobody and is said to be silent", async () => {
    const openCheckoutFails = () => Promise.reject(new PaymentsUnavailable());
    const silent = { ...ctx, payments: { ...ctx.payments, openCheckout: openCheckoutFails } };
    const input = { account, amount: dollars(10), attempt: randomUUID(), returnUrl };
    expect(await openCheckout(silent, input)).toMatchObject({ problem: { code: "unavailable" } });
    expect((await books()).status).toEqual({});
  });
});

describe("webhook deliveries", () => {
  const session = (changes: object) => ({
    object: "checkout.session",
    mode: "payment",
    currency: "usd",
    amount_total: 1_000,
    payment_status: "unpaid",
    payment_intent: null,
    metadata: { tenspot_account: account.id },
    ...changes,
  });
  const event = (type: string, object: object): StripeLike => ({ id: `evt_${randomUUID()}`, type, data: { object } });

  test("in any order, any number of times and several at once credit each payment once", async () => {
    const schedule = fc.record({
      shuffle: fc.infiniteStream(fc.nat()),
      copies: fc.integer({ min: 1, max: 3 }),
      atOnce: fc.integer({ min: 1, max: 6 }),
    });
    await fc.assert(
      fc.asyncProperty(schedule, async ({ shuffle, copies, atOnce }) => {
        account = await newAccount();
        await service.webhooks.deliver("late");
        const [paid, retried, abandoned] = [await open(10), await open(25), await open(50)];
        await typeCard(paid.url, accepted);
        await typeCard(retried.url, declined);
        await typeCard(retried.url, accepted);
        await sdk.checkout.sessions.expire(abandoned.id);
        const slow = { id: `cs_slow_${randomUUID()}`, payment_intent: `pi_${randomUUID()}` };
        const failing = { id: `cs_failing_${randomUUID()}`, payment_intent: `pi_${randomUUID()}` };
        const mine = [paid.id, retried.id, abandoned.id];
        const told = (await sdk.events.list({ limit: 100 })).data.filter(({ data: { object } }) =>
          JSON.stringify(object).includes(account.id),
        );
        const events: StripeLike[] = [
          ...told,
          event("checkout.session.completed", session(slow)),
          event("checkout.session.async_payment_succeeded", session({ ...slow, payment_status: "paid" })),
          // Another event about money that is in already: other id, same payment.
          event("checkout.session.completed", session({ ...slow, payment_status: "paid" })),
          event("checkout.session.completed", session(failing)),
          event("checkout.session.async_payment_failed", session(failing)),
        ];
        expect(told.length).toBe(6);

        const deliveries = Array.from({ length: copies }, () => events)
          .flat()
          .map((each) => ({ each, rank: shuffle.next().value }))
          .toSorted((a, b) => a.rank - b.rank);
        for (let from = 0; from < deliveries.length; from += atOnce) {
          const batch = deliveries.slice(from, from + atOnce);
          for (const { ok } of await Promise.all(batch.map(({ each }) => deliver(each)))) expect(ok).toBe(true);
        }

        const { status, ...rest } = await books();
        expect(rest).toMatchObject({ paid: dollars(45), deposited: dollars(45), postings: 3 });
        expect(rest.deposits.map(({ amount }) => amount).toSorted()).toEqual(
          [dollars(10), dollars(10), dollars(25)].toSorted(),
        );
        expect(mine.map((id) => status[id])).toEqual(["paid", "paid", "expired"]);
        expect(status[slow.id]).toBe("paid");
        expect(status[failing.id]).toBe("failed");
        for (const { id } of events) {
          expect(await ctx.db.select().from(paymentEvents).where(eq(paymentEvents.eventId, id))).toHaveLength(1);
        }
      }),
      { numRuns: 12 },
    );
    await service.webhooks.deliver("now");
  });

  test("cut short after any step are healed by the next one", async () => {
    const page = await open(10);
    const paid = event(
      "checkout.session.completed",
      session({ id: page.id, payment_status: "paid", payment_intent: "pi_cut" }),
    );
    for (const steps of [0, 1]) {
      const dying = dyingAfter(steps);
      await expect(deliver(paid, dying)).rejects.toThrow("power cut");
    }
    expect(await books()).toMatchObject({ postings: 1, status: { [page.id]: "open" } });
    expect(await deliver(paid)).toMatchObject({ ok: true, created: true });
    expect(await deliver(paid)).toMatchObject({ ok: true, created: false });
    expect(await books()).toMatchObject({ paid: dollars(10), postings: 1, status: { [page.id]: "paid" } });
  });

  test("about a page whose row was never written make it", async () => {
    const paid = event("checkout.session.completed", session({ id: "cs_lost", payment_status: "paid" }));
    expect(await deliver(paid)).toMatchObject({ ok: true, value: "checkout_paid" });
    expect(await books()).toMatchObject({
      paid: dollars(10),
      deposits: [{ reference: "stripe:cs_lost" }],
      status: { cs_lost: "paid" },
    });
  });

  test("wait for a provider that does not answer, and are taken later", async () => {
    const paid = event(
      "checkout.session.completed",
      session({ id: "cs_silent", payment_status: "paid", payment_intent: "pi_silent" }),
    );
    const paymentDetails = () => Promise.reject(new PaymentsUnavailable());
    const silent = { ...ctx, payments: { ...ctx.payments, paymentDetails } };
    expect(await deliver(paid, silent)).toMatchObject({ ok: false, problem: { code: "unavailable" } });
    expect(await books()).toMatchObject(nothing);
    expect(await deliver(paid)).toMatchObject({ ok: true });
    expect((await books()).paid).toBe(dollars(10));
  });

  test("of unknown types, other products and other installations are kept and credit nobody", async () => {
    const foreign = [
      event("invoice.paid", { id: "in_1", object: "invoice" }),
      event("checkout.session.completed", session({ id: "cs_other", payment_status: "paid", metadata: {} })),
      event(
        "checkout.session.completed",
        session({ id: "cs_else", payment_status: "paid", metadata: { tenspot_account: randomUUID() } }),
      ),
    ];
    for (const each of foreign) {
      expect(await deliver(each)).toMatchObject({ ok: true, value: "ignored", created: true });
      const kept = await ctx.db.select().from(paymentEvents).where(eq(paymentEvents.eventId, each.id));
      expect(kept).toMatchObject([{ provider: "stripe", type: each.type }]);
    }
    expect(await ctx.db.select().from(deposits).where(eq(deposits.reference, "stripe:cs_else"))).toEqual([]);
  });

  test("that are forged answer 400 and leave no row", async () => {
    const paid = event("checkout.session.completed", session({ id: "cs_forged", payment_status: "paid" }));
    const { rawBody, signature } = signed(paid);
    const forged: [Buffer, string | null][] = [
      [rawBody, null],
      [rawBody, ""],
      [rawBody, "t=1,v1="],
      [rawBody, signed(paid, "whsec_guessed").signature],
      [Buffer.from(rawBody.toString().replace("1000", "9000")), signature],
      [Buffer.alloc(0), signature],
      [Buffer.alloc(2_000_000, "x"), signature],
    ];
    for (const [body, header] of forged) {
      const answer = await POST(
        new Request("http://localhost:3000/api/payments/stripe/webhook", {
          method: "POST",
          body: new Uint8Array(body),
          headers: header === null ? {} : { "stripe-signature": header },
        }),
      );
      expect(answer.status).toBe(400);
      expect(answer.headers.get("content-type")).toBe("application/problem+json");
    }
    expect(await books()).toMatchObject({ ...nothing, status: {} });
    expect(await ctx.db.select().from(paymentEvents).where(eq(paymentEvents.eventId, paid.id))).toEqual([]);
  });
});

/** The context of a process that dies when it begins a transaction, after some that it finished. */
function dyingAfter(transactions: number): PaymentContext {
  let left = transactions;
  const db = new Proxy(ctx.db, {
    get(target, name) {
      if (name === "transaction" && left-- <= 0) return () => Promise.reject(new Error("power cut"));
      return Reflect.get(target, name);
    },
  });
  return { ...ctx, db };
}
