import { Hono } from "hono";
import { z } from "zod";
import { type Acted, listed, missing, refuse } from "./answers";
import { customerOf } from "./methods";
import { sessionObject } from "./objects";
import { CENTS_MIN, Digits, Metadata, made, tooSmall, Url, unknown } from "./params";
import { find } from "./store";
import { expire, openSession, type Till } from "./till";

const Common = {
  allowed_payment_method_types: z.array(z.enum(["card", "crypto"])).default(["card"]),
  client_reference_id: z.string().max(200).optional(),
  customer: z.string().max(255).optional(),
  customer_email: z.email().optional(),
  metadata: Metadata,
  success_url: Url,
  cancel_url: Url.optional(),
};

const OffSession = z.literal("off_session").optional();

const PaymentParams = z.strictObject({
  ...Common,
  mode: z.literal("payment"),
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
  payment_intent_data: z
    .strictObject({ metadata: Metadata, setup_future_usage: OffSession })
    .default({ metadata: {}, setup_future_usage: undefined }),
  payment_method_options: z
    .strictObject({ card: z.strictObject({ setup_future_usage: OffSession }).optional() })
    .default({}),
  saved_payment_method_options: z
    .strictObject({ allow_redisplay_filters: z.array(z.enum(["always", "limited", "unspecified"])) })
    .optional(),
});

const SetupParams = z.strictObject({
  ...Common,
  mode: z.literal("setup"),
  currency: z.literal("usd").optional(),
  setup_intent_data: z.strictObject({ metadata: Metadata }).default({ metadata: {} }),
});

/** What this service understands of a checkout session; like Stripe's, it refuses parameters it does not know. */
const SessionParams = z.discriminatedUnion("mode", [PaymentParams, SetupParams]);

/** Pages to pay on, and to save a card on. */
export function checkoutApi(till: Till): Hono {
  const api = new Hono();
  const { state } = till.store;

  api.post("/sessions", (c) => made(c, { till, params: SessionParams, run: (params) => open(till, params) }));

  api.get("/sessions", (c) => {
    const { customer, status } = c.req.query();
    const wanted = Object.values(state.sessions).filter(
      (session) =>
        (customer === undefined || session.customerId === customer) &&
        (status === undefined || session.status === status),
    );
    return listed(c, wanted, (session) => sessionObject(till, session));
  });

  api.get("/sessions/:id", (c) => {
    const session = find(state.sessions, c.req.param("id"));
    return session === undefined ? missing(c, "checkout.session") : c.json(sessionObject(till, session));
  });

  api.post("/sessions/:id/expire", (c) => {
    const session = find(state.sessions, c.req.param("id"));
    if (session === undefined) return missing(c, "checkout.session");
    if (session.status !== "open") {
      return refuse(c, 400, { message: `Only open sessions can expire; this one is ${session.status}.` });
    }
    expire(till, session);
    return c.json(sessionObject(till, session));
  });

  return api;
}

function open(till: Till, params: z.infer<typeof SessionParams>): Acted {
  const { customer: customerId, customer_email: email } = params;
  const customer = customerOf(till, customerId);
  if (customerId !== undefined && customer === undefined) return unknown("customer", "customer", customerId);
  if (customer !== undefined && email !== undefined) {
    return { refused: { param: "customer_email", message: "You may only specify one of customer, customer_email." } };
  }
  const what = params.mode === "payment" ? paymentOf(params) : setupOf(params);
  if (what.mode === "payment" && what.amountCents < CENTS_MIN) {
    return tooSmall;
  }
  const session = openSession(till, {
    ...what,
    customerId: customer?.id ?? null,
    clientReferenceId: params.client_reference_id ?? null,
    customerEmail: email ?? customer?.email ?? null,
    successUrl: params.success_url,
    cancelUrl: params.cancel_url ?? null,
    metadata: params.metadata,
  });
  return { answer: sessionObject(till, session) };
}

function paymentOf(params: z.infer<typeof PaymentParams>) {
  const { line_items, payment_intent_data: data, payment_method_options: options } = params;
  const savesAll = data.setup_future_usage !== undefined;
  return {
    mode: params.mode,
    amountCents: line_items.reduce((sum, item) => sum + item.quantity * item.price_data.unit_amount, 0),
    productName: line_items[0]?.price_data.product_data.name ?? "",
    saves: savesAll || options.card?.setup_future_usage !== undefined,
    // What cannot be saved is not offered where everything is to be.
    methodTypes: params.allowed_payment_method_types.filter((type) => type === "card" || !savesAll),
    paymentMetadata: data.metadata,
  };
}

const setupOf = (params: z.infer<typeof SetupParams>) => ({
  mode: params.mode,
  amountCents: 0,
  productName: "A card for later payments",
  saves: true,
  methodTypes: params.allowed_payment_method_types.filter((type) => type === "card"),
  paymentMetadata: params.setup_intent_data.metadata,
});
