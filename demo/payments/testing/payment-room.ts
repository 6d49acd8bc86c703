import { createServer, type RequestListener } from "node:http";
import Stripe from "stripe";
import { type PaymentService, startPaymentService } from "@/demo/payments/service";
import { freePort } from "@/demo/processes/ports";

export interface PaymentRoom {
  service: PaymentService;
  /** The unmodified SDK, talking to it. */
  sdk: Stripe;
  clock: { now: Date };
  /** The form that a person fills in on a page of the service; answers where it leads. */
  typeCard(url: string, number: string, email?: string): Promise<{ status: number; location: string; text: string }>;
  /** Presses a button of a page of the service. */
  press(url: string, fields: Record<string, string>): Promise<{ status: number; location: string }>;
  /** The types of what the service told about an object, the oldest first. */
  told(objectId: string): Promise<string[]>;
  close(): Promise<void>;
}

export interface RoomOptions {
  /** What stands behind the webhook's address; something that takes everything, when absent. */
  product?: RequestListener;
  secretKey?: string;
  webhookSecret?: string;
}

/** The demo's payment service in this process, with a webhook of the test's own. */
export async function paymentRoom(options: RoomOptions = {}): Promise<PaymentRoom> {
  const { secretKey = "sk_test_demo", webhookSecret = "whsec_demo" } = options;
  const product = createServer(
    options.product ?? ((request, response) => void request.resume().on("end", () => response.end())),
  );
  const port = await freePort();
  await new Promise<void>((resolve) => product.listen(port, "127.0.0.1", resolve));
  const clock = { now: new Date() };
  const service = await startPaymentService({
    port: 0,
    secretKey,
    webhook: {
      url: `http://127.0.0.1:${port}/api/payments/stripe/webhook`,
      secrets: [webhookSecret],
      retryDelaysMs: [5],
    },
    clock: () => clock.now,
  });
  const { hostname, port: apiPort } = new URL(service.url);
  const sdk = new Stripe(secretKey, { host: hostname, port: apiPort, protocol: "http", telemetry: false });
  const post = async (url: string, fields: Record<string, string>) => {
    const answer = await fetch(url, { method: "POST", body: new URLSearchParams(fields), redirect: "manual" });
    return { status: answer.status, location: answer.headers.get("location") ?? "", text: await answer.text() };
  };
  return {
    service,
    sdk,
    clock,
    typeCard: (url, number, email = "new@example.com") => post(url, { number, email, expiry: "12/40", code: "123" }),
    press: post,
    async told(objectId) {
      const { data } = await sdk.events.list({ limit: 100 });
      const mine = data.filter(({ data: { object } }) => "id" in object && object.id === objectId);
      return mine.map(({ type }) => type).toReversed();
    },
    async close() {
      await service.close();
      product.closeAllConnections();
      await new Promise((resolve) => product.close(resolve));
    },
  };
}
