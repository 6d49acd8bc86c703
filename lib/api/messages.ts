import { z } from "@hono/zod-openapi";
import { depositMethods, reversalReasons } from "@/db/schema/funds";
import { isMessageType, type MessageType, messageTypes } from "@/lib/services/webhooks/message-types";
import type { Api } from "./app";

const Text = z.string();
const Time = z.iso.datetime();
const Dollars = z.string().openapi({ description: "Dollars, exactly." });

const Level = z.strictObject({
  account: Text,
  level: z.enum(["ok", "low", "depleted"]),
  balance: Dollars,
  threshold: Dollars.nullable().openapi({ description: "What its owner wants to be told at." }),
  at: Time,
});

const Bonus = z.strictObject({
  account: Text,
  drawId: Text,
  program: Text,
  state: Text,
  reason: Text.nullable().openapi({ description: "Why it is held." }),
  dueAt: Time,
  drawnAt: Time.nullable(),
  amount: Dollars.nullable(),
});

/** What each kind of message says in its `data`; the database writes it, and a test holds it to this. */
export const messageData: Readonly<Record<MessageType, z.ZodObject>> = {
  "account.created": z.strictObject({
    externalId: Text,
    signedUpAt: Time,
    status: z.enum(["active", "held", "closed"]),
    referralCode: Text,
    referredBy: Text.nullable(),
  }),
  "deposit.settled": z.strictObject({
    account: Text,
    reference: Text,
    amount: Dollars,
    method: z.enum(depositMethods),
    instrument: Text.nullable(),
    occurredAt: Time,
    recordedAt: Time,
  }),
  "deposit.reversed": z.strictObject({
    account: Text,
    reference: Text,
    deposit: Text,
    amount: Dollars,
    reason: z.enum(reversalReasons),
    recordedAt: Time,
  }),
  "wallet.low": Level,
  "wallet.depleted": Level,
  "wallet.recovered": Level,
  "bonus.due": Bonus,
  "bonus.held": Bonus,
  "bonus.drawn": Bonus,
  "bonus.taken_back": z.strictObject({ account: Text, drawId: Text, program: Text, state: Text, amount: Dollars }),
  "referral.qualified": z.strictObject({
    account: Text.openapi({ description: "The referrer." }),
    referral: Text,
    referred: Text,
    program: Text,
  }),
  "commission.released": z.strictObject({ account: Text, program: Text, amount: Dollars }),
  "template.gate_met": z.strictObject({
    externalId: Text,
    creator: Text,
    name: Text,
    createdAt: Time,
    gateMet: z.literal(true),
  }),
  "application.submitted": z.strictObject({
    reference: Text,
    account: Text,
    program: Text,
    state: Text,
    submittedAt: Time,
  }),
};

/** Puts the messages to webhooks into the document. */
export function registerMessages(app: Api): void {
  for (const type of Object.keys(messageTypes).filter(isMessageType)) {
    const schema = z.object({
      type: z.literal(type),
      timestamp: Time.openapi({ description: "When it happened." }),
      data: messageData[type],
    });
    app.openAPIRegistry.registerWebhook({
      method: "post",
      path: type,
      operationId: type.replaceAll(/[._]/g, "-"),
      description: messageTypes[type],
      request: { body: { required: true, content: { "application/json": { schema } } } },
      responses: { 200: { description: "Any status from 200 to 299: the message is taken." } },
    });
  }
}
