import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { stripeApi } from "./api";
import { authenticateRoutes } from "./authenticate";
import { checkoutRoutes } from "./checkout";
import { controlRoutes } from "./control";
import { settleDue } from "./payments";
import { openStore } from "./store";
import { expireOverdue, type Till } from "./till";
import { createWebhooks, type Webhooks, type WebhookTarget } from "./webhooks";

export interface PaymentServiceOptions {
  /** 0 for any free one. */
  port: number;
  secretKey: string;
  webhook: WebhookTarget;
  stateFile?: string;
  clock?: () => Date;
}

export interface PaymentService {
  /** The origin: of the API for `STRIPE_API_URL`, and of the payment pages. */
  url: string;
  webhooks: Webhooks;
  close(): Promise<void>;
}

/** How often it is looked for what ran out of time, and for promised money that arrives. */
const CHECK_EVERY_MS = 1_000;

/**
 * Starts the demo's payment service on 127.0.0.1, and delivers what an earlier run could not.
 * @throws the listener's error, as when the port is taken.
 */
export async function startPaymentService(options: PaymentServiceOptions): Promise<PaymentService> {
  const store = openStore(options.stateFile);
  const clock = options.clock ?? (() => new Date());
  const webhooks = createWebhooks(store, options.webhook, clock);
  let origin = "";
  const till: Till = { store, clock, origin: () => origin, send: webhooks.send };
  const app = new Hono();
  app.route("/v1", stripeApi(till, options.secretKey));
  app.route("/pay", checkoutRoutes(till));
  app.route("/authenticate", authenticateRoutes(till));
  app.route("/demo", controlRoutes(till, webhooks));
  app.get("/", (c) => c.redirect("/demo"));

  const server = serve({ fetch: app.fetch, port: options.port, hostname: "127.0.0.1" });
  const address = await new Promise<AddressInfo>((resolve, reject) => {
    server.once("error", reject);
    server.once("listening", () => {
      const bound = server.address();
      if (bound === null || typeof bound === "string") reject(new Error("The payment service has no port"));
      else resolve(bound);
    });
  });
  origin = `http://127.0.0.1:${address.port}`;
  const timer = setInterval(() => {
    expireOverdue(till);
    settleDue(till);
  }, CHECK_EVERY_MS).unref();
  for (const event of store.state.events) if (!event.delivered) webhooks.send(event);

  return {
    url: origin,
    webhooks,
    async close() {
      clearInterval(timer);
      webhooks.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      // The SDK keeps its connections open; without this, closing would wait for them.
      if ("closeAllConnections" in server) server.closeAllConnections();
      await closed;
    },
  };
}
