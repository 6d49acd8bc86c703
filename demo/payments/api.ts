import { randomBytes } from "node:crypto";
import { Hono } from "hono";
import { z } from "zod";
import { keyed, listed, missing, problemOf, refuse } from "./answers";
import { disputeRoutes } from "./dispute-api";
import { readForm } from "./form";
import { API_VERSION, eventObject, paymentObject, sessionObject } from "./objects";
import { refundRoutes } from "./refund-api";
import { find } from "./store";
import { expire, openSession, type Till } from "./till";

const Url = z.string().regex(/^https?:\/\/\S+$/, "must be an http or https address");
const Digits = z
  .string()
  .regex(/^[0-9]{1,8}$/, "must be a whole number of at most eight digits")
  .transform(Number);
const Metadata = z.record(z.string().max(40), z.string().max(500)).default({});

/** What this service understands of a checkout session; like Stripe's, it refuses parameters it does not know. */
const SessionParams = z.strictObject({
  mode: z.literal("payment"),
  allowed_payment_method_types: z.array(z.literal("card")).optional(),
  adaptive_pricing: z.strictObject({ enabled: z.literal("false") }).optional(),
  line_items: z
    .array(
      z.strictObject({
        quantity: Digits,
        price_data: z.strictObject({
          currency: z.literal("usd"),
          unit_amount: Digits,
          product_data: z.strictObject({ name: z.string().min(1).max(250) }),
        }),
      }),
    )
    .length(1),
  client_reference_id: z.string().max(200).optional(),
  customer_email: z.email().optional(),
  metadata: Metadata,
  payment_intent_data: z.strictObject({ metadata: Metadata }).default({ metadata: {} }),
  success_url: Url,
  cancel_url: Url.optional(),
});

/** The part of Stripe's API that the product uses, in Stripe's encodings and error shapes. */
export function stripeApi(till: Till, secretKey: string): Hono {
  const api = new Hono();
  const { state } = till.store;

  api.use(async (c, next) => {
    if (c.req.header("authorization") !== `Bearer ${secretKey}`) {
      return refuse(c, 401, { message: "Invalid API Key provided." });
    }
    await next();
    c.header("request-id", `req_${randomBytes(7).toString("hex")}`);
    c.header("stripe-version", API_VERSION);
  });

  api.post("/checkout/sessions", async (c) => {
    return keyed(c, till.store, (body) => {
      const params = SessionParams.safeParse(readForm(body));
      if (!params.success) return { refused: problemOf(params.error) };
      const { line_items, payment_intent_data, ...rest } = params.data;
      const amountCents = line_items.reduce((sum, item) => sum + item.quantity * item.price_data.unit_amount, 0);
      if (amountCents < 50) {
        return { refused: { code: "amount_too_small", message: "The total must be at least 50 cents." } };
      }
      const session = openSession(till, {
        amountCents,
        productName: line_items[0]?.price_data.product_data.name ?? "",
        clientReferenceId: rest.client_reference_id ?? null,
        customerEmail: rest.customer_email ?? null,
        successUrl: rest.success_url,
        cancelUrl: rest.cancel_url ?? null,
        metadata: rest.metadata,
        paymentMetadata: payment_intent_data.metadata,
      });
      return { answer: sessionObject(till, session) };
    });
  });

  api.get("/checkout/sessions/:id", (c) => {
    const session = find(state.sessions, c.req.param("id"));
    return session === undefined ? missing(c, "checkout.session") : c.json(sessionObject(till, session));
  });

  api.post("/checkout/sessions/:id/expire", (c) => {
    const session = find(state.sessions, c.req.param("id"));
    if (session === undefined) return missing(c, "checkout.session");
    if (session.status !== "open") {
      return refuse(c, 400, { message: `Only open sessions can expire; this one is ${session.status}.` });
    }
    expire(till, session);
    return c.json(sessionObject(till, session));
  });

  api.get("/payment_intents/:id", (c) => {
    const payment = find(state.payments, c.req.param("id"));
    const { expand } = readForm(new URL(c.req.url).search);
    const expanded = Array.isArray(expand) ? expand.filter((name) => typeof name === "string") : [];
    return payment === undefined ? missing(c, "payment_intent") : c.json(paymentObject(payment, expanded));
  });

  api.get("/events", (c) => {
    const { type } = c.req.query();
    return listed(
      c,
      state.events.filter((event) => type === undefined || event.type === type),
      eventObject,
    );
  });

  api.get("/events/:id", (c) => {
    const event = state.events.find(({ id }) => id === c.req.param("id"));
    return event === undefined ? missing(c, "event") : c.json(eventObject(event));
  });

  api.route("/", refundRoutes(till));
  api.route("/", disputeRoutes(till));

  api.all("*", (c) =>
    refuse(c, 404, { message: `Unrecognized request URL (${c.req.method}: ${new URL(c.req.url).pathname}).` }),
  );

  return api;
}
