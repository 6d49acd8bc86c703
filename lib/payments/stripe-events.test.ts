import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readDelivery } from "./stripe-events";

const now = new Date("2026-11-21T10:00:00.000Z");
const seconds = now.getTime() / 1_000;
const rules = { webhookSecrets: ["whsec_old", "whsec_new"], live: false };
const accountId = "0193a1b2-0000-7000-8000-000000000001";

const session = {
  id: "cs_test_1",
  object: "checkout.session",
  mode: "payment",
  currency: "usd",
  amount_total: 2_500,
  payment_status: "paid",
  payment_intent: "pi_1",
  client_reference_id: accountId,
  metadata: { tenspot_account: accountId },
};
const completed = {
  id: "evt_1",
  object: "event",
  type: "checkout.session.completed",
  livemode: false,
  data: { object: session },
};

const proofOf = (text: string, secret = "whsec_new", at = seconds): string =>
  createHmac("sha256", secret).update(`${at}.${text}`).digest("hex");
const headerOf = (text: string, secret = "whsec_new", at = seconds): string =>
  `t=${at},v1=${proofOf(text, secret, at)}`;
const read = (text: string, signature: string | null, receivedAt = now) =>
  readDelivery({ rawBody: Buffer.from(text), signature, receivedAt }, rules);
const readSigned = (event: unknown) => read(JSON.stringify(event), headerOf(JSON.stringify(event)));

const body = JSON.stringify(completed);

describe("a genuine delivery", () => {
  test.each(["whsec_old", "whsec_new"])("is accepted when %s, either of the secrets in force, signed it", (secret) => {
    expect(read(body, headerOf(body, secret))).toMatchObject({ ok: true });
  });

  test("is accepted when one of several signatures is right", () => {
    const header = `t=${seconds},v1=${proofOf(body, "whsec_other")},v0=abc,v1=${proofOf(body)}`;
    expect(read(body, header)).toMatchObject({ ok: true });
  });

  test("is accepted for five minutes and not a second longer", () => {
    expect(read(body, headerOf(body), new Date(now.getTime() + 300_000))).toMatchObject({ ok: true });
    expect(read(body, headerOf(body), new Date(now.getTime() + 301_000))).toMatchObject({ ok: false });
  });
});

describe("a forged delivery is refused", () => {
  test("when any bit of the body is changed", () => {
    const header = headerOf(body);
    fc.assert(
      fc.property(fc.nat(Buffer.byteLength(body) - 1), fc.nat(7), (index, bit) => {
        const bytes = Buffer.from(body);
        bytes.writeUInt8(bytes.readUInt8(index) ^ (1 << bit), index);
        expect(readDelivery({ rawBody: bytes, signature: header, receivedAt: now }, rules).ok).toBe(false);
      }),
    );
  });

  test("when any digit of the signature is changed", () => {
    const header = headerOf(body);
    for (let index = header.indexOf("v1=") + 3; index < header.length; index++) {
      const digit = header[index] === "0" ? "1" : "0";
      expect(read(body, header.slice(0, index) + digit + header.slice(index + 1)).ok).toBe(false);
    }
  });

  test("when another secret signed it", () => {
    expect(read(body, headerOf(body, "whsec_stolen_elsewhere")).ok).toBe(false);
  });

  test("when its time is changed to look recent", () => {
    const old = seconds - 3_600;
    expect(read(body, `t=${seconds},v1=${proofOf(body, "whsec_new", old)}`).ok).toBe(false);
  });

  test("when bytes that no text shows are added", () => {
    const header = headerOf(body);
    const marked = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(body)]);
    expect(readDelivery({ rawBody: marked, signature: header, receivedAt: now }, rules).ok).toBe(false);
  });

  test.each([
    null,
    "",
    ",",
    "t=",
    "v1=",
    `t=${seconds}`,
    `t=${seconds},v1=`,
    `t=${seconds},v1`,
    `t=${seconds},v1=${"é".repeat(64)}`,
    `t=${seconds},v0=${proofOf(body)}`,
    `v1=${proofOf(body)}`,
    `t=soon,v1=${proofOf(body)}`,
  ])("when its signature is %j", (signature) => {
    expect(read(body, signature).ok).toBe(false);
  });

  test("when it is empty, whatever its signature", () => {
    expect(read("", headerOf("")).ok).toBe(false);
    expect(read("", null).ok).toBe(false);
  });

  test("when no secret is set, or an empty one", () => {
    for (const webhookSecrets of [[], [""], [" "]]) {
      const delivery = { rawBody: Buffer.from(body), signature: headerOf(body, ""), receivedAt: now };
      expect(readDelivery(delivery, { webhookSecrets, live: false }).ok).toBe(false);
    }
  });
});

describe("what a delivery says", () => {
  test("a paid session is money, in the amount and on the payment the provider names", () => {
    expect(readSigned(completed)).toEqual({
      ok: true,
      event: {
        kind: "checkout_paid",
        eventId: "evt_1",
        type: "checkout.session.completed",
        objectId: "cs_test_1",
        checkoutId: "cs_test_1",
        accountId,
        amount: 25_000_000_000n,
        paymentId: "pi_1",
      },
    });
  });

  const kindOf = (type: string, changes: object = {}) => {
    const reading = readSigned({ ...completed, type, data: { object: { ...session, ...changes } } });
    return reading.ok ? reading.event.kind : "refused";
  };

  test.each([
    ["checkout.session.completed", { payment_status: "unpaid" }, "checkout_processing"],
    ["checkout.session.async_payment_succeeded", {}, "checkout_paid"],
    ["checkout.session.async_payment_failed", { payment_status: "unpaid" }, "checkout_failed"],
    ["checkout.session.expired", { payment_status: "unpaid", payment_intent: null }, "checkout_expired"],
    ["checkout.session.completed", { payment_intent: { id: "pi_1", object: "payment_intent" } }, "checkout_paid"],
  ])("%s with %j is %s", (type, changes, kind) => {
    expect(kindOf(type, changes)).toBe(kind);
  });

  test.each([
    ["a payment the provider calls neither paid nor unpaid", { payment_status: "no_payment_required" }],
    ["another currency", { currency: "eur" }],
    ["nothing", { amount_total: 0 }],
    ["no amount", { amount_total: null }],
    ["a subscription", { mode: "subscription" }],
    ["another product's session", { metadata: {} }],
    ["a session named only by a client reference, which anybody can set", { metadata: null }],
    ["a name that is no account", { metadata: { tenspot_account: "drop table" } }],
  ])("%s is never money", (_, changes) => {
    expect(kindOf("checkout.session.completed", changes)).toBe("ignored");
  });

  test("a type nobody knows is genuine and ignored, even one without an object", () => {
    expect(readSigned({ ...completed, type: "moon.rose", data: { object: { id: "m_1" } } })).toMatchObject({
      ok: true,
      event: { kind: "ignored", type: "moon.rose", objectId: "m_1" },
    });
    expect(readSigned({ id: "evt_2", type: "v2.thin", livemode: false })).toMatchObject({
      ok: true,
      event: { kind: "ignored", objectId: "" },
    });
  });

  test("test money is refused by a live key, and live money by a test key", () => {
    expect(readSigned({ ...completed, livemode: true }).ok).toBe(false);
    const delivery = { rawBody: Buffer.from(body), signature: headerOf(body), receivedAt: now };
    expect(readDelivery(delivery, { ...rules, live: true }).ok).toBe(false);
  });

  test.each(["not json", "[]", "null", "{}", '{"id":"evt_1","type":"x"}'])("signed %j is not an event", (text) => {
    expect(read(text, headerOf(text)).ok).toBe(false);
  });
});
