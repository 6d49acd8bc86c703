import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { asc, eq } from "drizzle-orm";
import Stripe from "stripe";
import { vi } from "vitest";
import { POST } from "@/app/api/payments/stripe/webhook/route";
import { wallets } from "@/db/schema/accounts";
import { deposits, reversals } from "@/db/schema/funds";
import { postings } from "@/db/schema/ledger";
import { createDatabase } from "@/db/testing/database";
import { type PaymentService, startPaymentService } from "@/demo/payments/service";
import { signatureOf } from "@/demo/payments/webhooks";
import { freePort } from "@/demo/processes/ports";
import { verify } from "@/lib/ledger/verify/verify";
import { endWithNotices } from "@/lib/live/notify";
import { amountText } from "@/lib/money/format";
import { nanos } from "@/lib/money/nanos";
import { parseAmount } from "@/lib/money/parse";
import { openAccount } from "@/lib/services/accounts/open-account";
import { openCheckout } from "@/lib/services/funds/open-checkout";
import { type PaymentContext, paymentContext } from "@/lib/services/funds/payment-context";
import { receivePaymentEvent } from "@/lib/services/funds/receive-payment-event";
import type { NamedAccount } from "@/lib/services/operators/name-account";

export const secret = "whsec_demo";
const secretKey = "sk_test_demo";

/** An event as the provider tells it. */
export interface Told {
  id: string;
  type: string;
  data: { object: unknown };
}

/** A delivery of an event, signed now. */
export function signed(event: Told, with_ = secret): { rawBody: Buffer; signature: string } {
  const rawBody = Buffer.from(JSON.stringify({ livemode: false, ...event }));
  return { rawBody, signature: signatureOf(rawBody.toString(), [with_], Math.floor(Date.now() / 1_000)) };
}

export function dollars(amount: string) {
  const parsed = parseAmount(amount);
  if (!parsed.ok) throw new Error(`${amount} ${parsed.message}`);
  return nanos(parsed.nanos);
}

/** The payment service and the product's webhook, each on a port of its own, with a database of the test file's own. */
export async function openPayRoom() {
  const database = await createDatabase();
  const product = createServer(getRequestListener(POST));
  const port = await freePort();
  await new Promise<void>((resolve) => product.listen(port, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${port}/api/payments/stripe/webhook`;
  const service: PaymentService = await startPaymentService({
    port: 0,
    secretKey,
    webhook: { url, secrets: [secret], retryDelaysMs: [5] },
  });
  vi.stubEnv("DATABASE_URL", database.url("web"));
  vi.stubEnv("NEXTAUTH_URL", "http://localhost:3000");
  vi.stubEnv("STRIPE_SECRET_KEY", secretKey);
  vi.stubEnv("STRIPE_WEBHOOK_SECRETS", `whsec_next,${secret}`);
  vi.stubEnv("STRIPE_API_URL", service.url);
  const ctx: PaymentContext = paymentContext();
  const at = new URL(service.url);
  const sdk = new Stripe(secretKey, { host: at.hostname, port: at.port, protocol: "http", telemetry: false });

  return {
    ctx,
    service,
    sdk,
    database,
    /** Where the product takes webhooks. */
    webhookUrl: url,
    async customer(): Promise<NamedAccount> {
      const externalId = `cust_${randomUUID()}`;
      const opened = await openAccount(ctx, { externalId, email: `${externalId}@example.com` });
      if (!opened.ok) throw new Error(opened.problem.detail);
      return { ...opened.value, externalId };
    },
    /** Pays on a payment page. @returns the provider's id of the payment */
    async pay(account: NamedAccount, amount: string): Promise<string> {
      const input = {
        account,
        amount: dollars(amount),
        attempt: randomUUID(),
        returnUrl: "http://localhost:3000/funds",
      };
      const opened = await openCheckout(ctx, input);
      if (!opened.ok) throw new Error(opened.problem.detail);
      const card = { number: "4242424242424242", email: account.externalId, expiry: "12/40", code: "123" };
      const body = new URLSearchParams({ ...card, email: `${account.externalId}@example.com` });
      await fetch(opened.value.url, { method: "POST", body, redirect: "manual" });
      return String((await sdk.checkout.sessions.retrieve(opened.value.id)).payment_intent);
    },
    /** Presses a button of the payment service's own page about payments. @returns the id of what it made or changed */
    async press(path: string, fields: Record<string, string> = {}): Promise<string> {
      const target = `${service.url}/demo/payments/${path}`;
      const answer = await fetch(target, { method: "POST", body: new URLSearchParams(fields) });
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      return String((await answer.json()).id);
    },
    /** Everything that was told, oldest first. */
    async told(): Promise<Told[]> {
      const events: Told[] = [];
      for await (const event of sdk.events.list({ limit: 100 })) events.push(event);
      return events.reverse();
    },
    deliver: (event: Told, context = ctx) => receivePaymentEvent(context, signed(event)),
    /** What the books say of an account: *paid* less arrears, and what was posted, in order. */
    async books(account: NamedAccount, db = ctx.db) {
      const [wallet] = await db.select().from(wallets).where(eq(wallets.accountId, account.id));
      const posted = await db
        .select({ kind: postings.kind, amount: postings.amount, explains: postings.explains })
        .from(postings)
        .where(eq(postings.accountId, account.id))
        .orderBy(asc(postings.seq));
      return {
        paid:
          (wallet?.paidNet ?? 0n) < 0n
            ? `-${amountText(nanos(-(wallet?.paidNet ?? 0n)))}`
            : amountText(nanos(wallet?.paidNet ?? 0n)),
        posted: posted.map(({ kind, amount }) => `${kind} ${amountText(amount)}`),
        notes: posted.flatMap(({ explains }) => explains.note ?? []),
        deposits: await db.select().from(deposits).where(eq(deposits.accountId, account.id)),
        reversals: await db.select().from(reversals).where(eq(reversals.accountId, account.id)),
      };
    },
    /** @returns what `verify` found wrong. */
    async close() {
      await service.close();
      product.closeAllConnections();
      await new Promise((resolve) => product.close(resolve));
      const { differences } = await verify(ctx.db);
      await endWithNotices(ctx.db);
      await database.close();
      vi.unstubAllEnvs();
      return differences;
    },
  };
}

export type PayRoom = Awaited<ReturnType<typeof openPayRoom>>;
