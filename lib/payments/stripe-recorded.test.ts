import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { readDelivery } from "./stripe-events";

const now = new Date("2026-11-21T10:00:00.000Z");
const seconds = now.getTime() / 1_000;
const accountId = "0193a1b2-0000-7000-8000-000000000001";
const topUpId = "0193a1b2-0000-7000-8000-000000000002";

const read = (type: string, object: object) => {
  const text = JSON.stringify({ id: "evt_1", object: "event", type, livemode: false, data: { object } });
  const proof = createHmac("sha256", "whsec_1").update(`${seconds}.${text}`).digest("hex");
  const reading = readDelivery(
    { rawBody: Buffer.from(text), signature: `t=${seconds},v1=${proof}`, receivedAt: now },
    { webhookSecrets: ["whsec_1"], live: false },
  );
  if (!reading.ok) throw new Error(reading.detail);
  return reading.event;
};

/** As documented at https://docs.stripe.com/api/payment_methods/object */
const card = {
  id: "pm_1MqLiJLkdIwHu7ixUEgbFdYF",
  object: "payment_method",
  allow_redisplay: "unspecified",
  billing_details: {
    address: { city: null, country: null, line1: null, line2: null, postal_code: null, state: null },
    email: null,
    name: null,
    phone: null,
    tax_id: null,
  },
  card: {
    brand: "visa",
    checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: "pass" },
    country: "US",
    exp_month: 8,
    exp_year: 2026,
    fingerprint: "mToisGZ01V71BCos",
    funding: "credit",
    generated_from: null,
    last4: "4242",
    networks: { available: ["visa"], preferred: null },
    three_d_secure_usage: { supported: true },
    wallet: null,
  },
  created: 1679945299,
  customer: "cus_9s6XKzkNRiz8i3",
  livemode: false,
  metadata: {},
  type: "card",
};

/** As documented at https://docs.stripe.com/api/payment_intents/object */
const intent = {
  id: "pi_3MtwBwLkdIwHu7ix28a3tqPa",
  object: "payment_intent",
  amount: 2000,
  amount_capturable: 0,
  amount_details: { tip: {} },
  amount_received: 0,
  application: null,
  application_fee_amount: null,
  automatic_payment_methods: { enabled: true },
  canceled_at: null,
  cancellation_reason: null,
  capture_method: "automatic",
  client_secret: "pi_3MtwBwLkdIwHu7ix28a3tqPa_secret_YrKJUKribcBjcG8HVhfZluoGH",
  confirmation_method: "automatic",
  created: 1680800504,
  currency: "usd",
  customer: null,
  description: null,
  last_payment_error: null,
  latest_charge: null,
  livemode: false,
  metadata: {},
  next_action: null,
  on_behalf_of: null,
  payment_method: null,
  payment_method_types: ["card", "link"],
  processing: null,
  receipt_email: null,
  setup_future_usage: null,
  status: "requires_payment_method",
};

/** As documented at https://docs.stripe.com/api/checkout/sessions/object, opened to save a card. */
const setup = {
  id: "cs_test_a11YYufWQzNY63zpQ6QSNRQhkUpVph4WRmzW0zWJO2znZKdVujZ0N0S22u",
  object: "checkout.session",
  after_expiration: null,
  amount_subtotal: null,
  amount_total: null,
  client_reference_id: null,
  created: 1679600215,
  currency: "usd",
  customer: "cus_9s6XKzkNRiz8i3",
  customer_creation: null,
  livemode: false,
  metadata: { tenspot_account: accountId },
  mode: "setup",
  payment_intent: null,
  payment_method_types: ["card"],
  payment_status: "no_payment_required",
  setup_intent: "seti_1NG8Du2eZvKYlo2C9XMqbR0x",
  status: "complete",
  url: null,
};

describe("saved cards, in the shapes that Stripe documents", () => {
  test.each(["attached", "updated", "automatically_updated"])("a card that was %s changes its customer's", (what) => {
    expect(read(`payment_method.${what}`, card)).toMatchObject({
      kind: "cards_changed",
      customerId: card.customer,
      cardId: card.id,
    });
  });

  test("a card that was detached names no customer any more, and is known by itself", () => {
    expect(read("payment_method.detached", { ...card, customer: null })).toMatchObject({
      kind: "cards_changed",
      customerId: null,
      cardId: card.id,
    });
  });

  test("a completed page in setup mode has saved a card for its account, and is never money", () => {
    expect(read("checkout.session.completed", setup)).toMatchObject({
      kind: "card_saved",
      setupId: setup.id,
      accountId,
    });
  });

  test.each([
    ["is another product's", { metadata: {} }],
    ["is not complete", { status: "open" }],
  ])("one that %s is ignored", (_, changes) => {
    expect(read("checkout.session.completed", { ...setup, ...changes }).kind).toBe("ignored");
  });
});

describe("charges of saved cards, in the shapes that Stripe documents", () => {
  const metadata = { tenspot_account: accountId, tenspot_top_up: topUpId };

  test.each(["succeeded", "payment_failed", "canceled"])("a top-up's payment that %s is to be asked about", (what) => {
    expect(read(`payment_intent.${what}`, { ...intent, metadata })).toMatchObject({
      kind: "charge_changed",
      topUpId,
      accountId,
      paymentId: intent.id,
    });
  });

  test.each([
    ["of a page, which its session tells of", { tenspot_account: accountId }],
    ["of another product", {}],
    ["that names no top-up", { tenspot_account: accountId, tenspot_top_up: "1" }],
  ])("a payment %s is ignored", (_, other) => {
    expect(read("payment_intent.succeeded", { ...intent, metadata: other }).kind).toBe("ignored");
  });
});
