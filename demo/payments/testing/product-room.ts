import { randomUUID } from "node:crypto";
import { getRequestListener } from "@hono/node-server";
import { vi } from "vitest";
import { POST } from "@/app/api/payments/stripe/webhook/route";
import { createDatabase, type TestDatabase } from "@/db/testing/database";
import type { AccountRef } from "@/lib/ledger/wallet";
import { openAccount } from "@/lib/services/accounts/open-account";
import { openCardSetup } from "@/lib/services/funds/open-card-setup";
import { type PaymentContext, paymentContext } from "@/lib/services/funds/payment-context";
import { type PaymentRoom, paymentRoom } from "./payment-room";

export interface ProductRoom extends PaymentRoom {
  ctx: PaymentContext;
  database: TestDatabase;
  /** An account whose person proved their address. */
  newAccount(): Promise<AccountRef>;
  /** Saves a card of the account's on the provider's page, and waits until it is on file here. @returns its id */
  saveCard(account: AccountRef, number?: string): Promise<string>;
}

const secretKey = "sk_test_demo";
const webhookSecret = "whsec_demo";

/** The product's payment verbs and webhook on a database of the test file's own, beside the demo's payment service. */
export async function productRoom(): Promise<ProductRoom> {
  const database = await createDatabase();
  const room = await paymentRoom({ product: getRequestListener(POST), secretKey, webhookSecret });
  vi.stubEnv("DATABASE_URL", database.url("web"));
  vi.stubEnv("NEXTAUTH_URL", "http://localhost:3000");
  vi.stubEnv("STRIPE_SECRET_KEY", secretKey);
  vi.stubEnv("STRIPE_WEBHOOK_SECRETS", `whsec_next,${webhookSecret}`);
  vi.stubEnv("STRIPE_API_URL", room.service.url);
  const ctx = paymentContext();
  return {
    ...room,
    ctx,
    database,
    async newAccount() {
      const name = `cust_${randomUUID()}`;
      const email = `${name}@example.com`;
      const opened = await openAccount(ctx, { externalId: name, email, emailVerified: true });
      if (!opened.ok) throw new Error(opened.problem.detail);
      return opened.value;
    },
    async saveCard(account, number = "4242424242424242") {
      const returnUrl = "http://localhost:3000/funds";
      const page = await openCardSetup(ctx, { account, attempt: randomUUID(), returnUrl });
      if (!page.ok) throw new Error(page.problem.detail);
      const { location } = await room.typeCard(page.value.url, number);
      if (location.endsWith("/confirm")) await room.press(`${page.value.url}/confirm`, { answer: "yes" });
      await room.service.webhooks.idle();
      const { setup_intent: setup } = await room.sdk.checkout.sessions.retrieve(page.value.id, {
        expand: ["setup_intent"],
      });
      const { payment_method: card } = await room.sdk.setupIntents.retrieve(
        typeof setup === "string" ? setup : String(setup?.id),
      );
      return String(card);
    },
    async close() {
      await room.close();
      await ctx.db.$client.end();
      await database.close();
      vi.unstubAllEnvs();
    },
  };
}
