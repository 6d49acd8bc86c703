import { createRoute, z } from "@hono/zod-openapi";
import { depositMethods } from "@/db/schema/funds";
import { amountText } from "@/lib/money/format";
import type { Grant } from "@/lib/services/funds/grant-credit";
import { listDeposits } from "@/lib/services/funds/list-deposits";
import { type Deposit, recordDeposit } from "@/lib/services/funds/record-deposit";
import { reverseDeposit } from "@/lib/services/funds/reverse-deposit";
import type { Reversal } from "@/lib/services/funds/write-reversal";
import { grantCreditAs } from "@/lib/services/operators/grant-as";
import type { Api, ApiOptions } from "./app";
import { actorOf, scoped } from "./auth";
import { badCursor, cutPage, pageQuery, readPlace, Seq } from "./cursor";
import { findAccount, noAccount } from "./find-account";
import { made } from "./problem";
import { Amount, answers, body, Instant, Label, Name, page, problems, Sentence } from "./schemas";
import { serveRoute } from "./serve-route";

const DepositView = z
  .object({
    reference: z.string(),
    amount: z.string(),
    method: z.enum(depositMethods),
    instrument: z.string().nullable(),
    occurredAt: z.string(),
    recordedAt: z.string(),
  })
  .openapi("Deposit");

const showDeposit = ({ reference, amount, method, instrument, occurredAt, recordedAt }: Deposit) => ({
  reference,
  amount: amountText(amount),
  method,
  instrument,
  occurredAt: occurredAt.toISOString(),
  recordedAt: recordedAt.toISOString(),
});

const Cursor = z.object({ before: Seq });

const reversalReasons = ["refund", "chargeback", "dispute_won"] as const;

const ReversalView = z
  .object({
    reference: z.string(),
    deposit: z.string(),
    amount: z.string(),
    reason: z.enum(reversalReasons),
    recordedAt: z.string(),
  })
  .openapi("Reversal");

const showReversal = ({ reference, depositReference, amount, reason, recordedAt }: Reversal) => ({
  reference,
  deposit: depositReference,
  amount: amountText(amount),
  reason,
  recordedAt: recordedAt.toISOString(),
});

const GrantView = z
  .object({
    reference: z.string(),
    bucket: z.string(),
    amount: z.string(),
    reason: z.string(),
    expiresAt: z.string().nullable(),
    recordedAt: z.string(),
  })
  .openapi("Grant");

const showGrant = ({ reference, bucket, amount, reason, expiresAt, recordedAt }: Grant) => ({
  reference,
  bucket,
  amount: amountText(amount),
  reason,
  expiresAt: expiresAt?.toISOString() ?? null,
  recordedAt: recordedAt.toISOString(),
});

export function fundRoutes(app: Api, { ctx }: ApiOptions): void {
  const params = z.object({ id: z.string() });
  const deposit = createRoute({
    method: "post",
    path: "/api/v1/accounts/{id}/deposits",
    ...scoped(ctx, "admin"),
    request: {
      params,
      body: body(
        z.strictObject({
          reference: Name,
          amount: Amount,
          method: z.enum(depositMethods),
          instrument: Label.nullish(),
          occurredAt: Instant.nullish(),
        }),
      ),
    },
    responses: { 200: answers(DepositView, "Recorded before"), 201: answers(DepositView, "Recorded"), ...problems },
  });
  serveRoute(app, deposit, async (c) => {
    const account = await findAccount(ctx, c.req.valid("param").id);
    if (!account) return noAccount(c);
    const { instrument, occurredAt, ...rest } = c.req.valid("json");
    const input = { account, ...rest, ...(instrument ? { instrument } : {}), ...(occurredAt ? { occurredAt } : {}) };
    return made(c, await recordDeposit(ctx, input), showDeposit);
  });

  const deposits = createRoute({
    method: "get",
    path: "/api/v1/accounts/{id}/deposits",
    ...scoped(ctx, "read"),
    request: { params, query: z.object(pageQuery) },
    responses: { 200: answers(page(DepositView), "Deposits, newest first"), ...problems },
  });
  serveRoute(app, deposits, async (c) => {
    const account = await findAccount(ctx, c.req.valid("param").id);
    if (!account) return noAccount(c);
    const { limit, cursor } = c.req.valid("query");
    const place = readPlace(Cursor, cursor);
    if (place === undefined) return badCursor(c);
    const found = await listDeposits(ctx.db, account, { limit: limit + 1, before: place?.before ?? null });
    const { shown, next } = cutPage(found, limit, ({ seq }) => ({ before: String(seq) }));
    // What paid is what pairs are held by: the platform's to know.
    const isCustomer = c.get("customer") !== undefined;
    const data = shown.map((row) => showDeposit(isCustomer ? { ...row, instrument: null } : row));
    return c.json({ data, next }, 200);
  });

  const reverse = createRoute({
    method: "post",
    path: "/api/v1/deposits/{reference}/reversals",
    ...scoped(ctx, "admin"),
    request: {
      params: z.object({ reference: Name }),
      body: body(z.strictObject({ reference: Name, amount: Amount.nullish(), reason: z.enum(reversalReasons) })),
    },
    responses: { 200: answers(ReversalView, "Recorded before"), 201: answers(ReversalView, "Recorded"), ...problems },
  });
  serveRoute(app, reverse, async (c) => {
    const { amount, ...rest } = c.req.valid("json");
    const input = { deposit: c.req.valid("param").reference, ...rest, ...(amount == null ? {} : { amount }) };
    return made(c, await reverseDeposit(ctx, input), showReversal);
  });

  const grant = createRoute({
    method: "post",
    path: "/api/v1/accounts/{id}/grants",
    ...scoped(ctx, "admin"),
    request: {
      params,
      body: body(
        z.strictObject({
          reference: Name,
          bucket: z.enum(["promo", "earned"]),
          amount: Amount,
          reason: Sentence,
          expiresAt: Instant.nullish().openapi({ description: "Must lie ahead. What is unspent then is gone." }),
        }),
      ),
    },
    responses: { 200: answers(GrantView, "Given before"), 201: answers(GrantView, "Given"), ...problems },
  });
  serveRoute(app, grant, async (c) => {
    const { id } = c.req.valid("param");
    const account = await findAccount(ctx, id);
    if (!account) return noAccount(c);
    const actor = await actorOf(ctx, c);
    const { expiresAt, ...rest } = c.req.valid("json");
    const input = { account, subject: id, actor, ...rest, ...(expiresAt ? { expiresAt } : {}) };
    return made(c, await grantCreditAs(ctx, input), showGrant);
  });
}
