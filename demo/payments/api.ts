import { randomBytes } from "node:crypto";
import { Hono } from "hono";
import { listed, missing, refuse } from "./answers";
import { checkoutApi } from "./api-checkout";
import { customersApi } from "./api-customers";
import { paymentsApi } from "./api-payments";
import { disputeRoutes } from "./dispute-api";
import { API_VERSION, eventObject } from "./objects";
import { refundRoutes } from "./refund-api";
import type { Till } from "./till";

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

  api.route("/checkout", checkoutApi(till));
  api.route("/payment_intents", paymentsApi(till));
  api.route("/", customersApi(till));
  api.route("/", refundRoutes(till));
  api.route("/", disputeRoutes(till));

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

  api.all("*", (c) =>
    refuse(c, 404, { message: `Unrecognized request URL (${c.req.method}: ${new URL(c.req.url).pathname}).` }),
  );

  return api;
}
