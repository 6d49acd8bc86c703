import { createRoute, z } from "@hono/zod-openapi";
import type { Context as HonoContext } from "hono";
import { amountText, quantityText } from "@/lib/money/format";
import { externalIdOf } from "@/lib/services/accounts/external-id";
import type { Authorization, Authorized, WorkPrice } from "@/lib/services/authorizations/authorization";
import { authorizeWork } from "@/lib/services/authorizations/authorize-work";
import { type ChangeAuthorization, changeAuthorization } from "@/lib/services/authorizations/change-authorization";
import { closeAuthorization } from "@/lib/services/authorizations/close-authorization";
import { type Denial, denialReasons } from "@/lib/services/authorizations/denial";
import type { Context } from "@/lib/services/context";
import { namePattern } from "@/lib/services/names";
import type { Api, ApiOptions } from "./app";
import { scoped } from "./auth";
import { findAccount } from "./find-account";
import { problem, refusal } from "./problem";
import { Amount, answers, body, Instant, Label, Name, Problem, problems, Quantity } from "./schemas";
import { serveRoute } from "./serve-route";

const Asked = z
  .strictObject({
    account: Name,
    reference: Name,
    sku: Label.nullish().openapi({ description: "Priced by the rate card in force; this, or `hourly`." }),
    hourly: Amount.nullish().openapi({ description: "The platform's own price of an hour of one; this, or `sku`." }),
    quantity: Quantity.nullish(),
    expiresAt: Instant.nullish().openapi({ description: "At most 366 days ahead. Until it is closed, when absent." }),
  })
  .transform(({ sku, hourly, quantity, expiresAt, ...rest }, context) => {
    const price = priceAsked(sku ?? null, hourly ?? null);
    if (price !== null)
      return { ...rest, price, quantityMilli: quantity ?? ONE_MILLI, ...(expiresAt ? { expiresAt } : {}) };
    const message = "send either sku, priced by the rate card, or hourly, your own price";
    for (const path of ["sku", "hourly"]) context.addIssue({ code: "custom", path: [path], message });
    return z.NEVER;
  })
  .openapi("NewAuthorization");

const ONE_MILLI = 1_000n;

type Hourly = NonNullable<WorkPrice["hourly"]>;
const priceAsked = (sku: string | null, hourly: Hourly | null): WorkPrice | null => {
  if (sku !== null && hourly === null) return { sku, hourly };
  return sku === null && hourly !== null ? { sku, hourly } : null;
};

const Changed = z
  .strictObject({
    quantity: Quantity.nullish(),
    hourly: Amount.nullish().openapi({ description: "Where it was opened with `hourly`." }),
    expiresAt: Instant.nullish().openapi({ description: "At most 366 days ahead." }),
  })
  .transform(({ quantity, hourly, expiresAt }, context): Omit<ChangeAuthorization, "reference"> => {
    if (quantity == null && hourly == null && expiresAt == null) {
      context.addIssue({ code: "custom", path: [], message: "send at least one of quantity, hourly and expiresAt" });
      return z.NEVER;
    }
    return {
      ...(quantity == null ? {} : { quantityMilli: quantity }),
      ...(hourly == null ? {} : { hourly }),
      ...(expiresAt == null ? {} : { expiresAt }),
    };
  })
  .openapi("AuthorizationChange");

const AuthorizationView = z
  .object({
    reference: z.string(),
    account: z.string(),
    state: z.enum(["open", "closed", "expired"]),
    sku: z.string().nullable(),
    hourly: z.string().nullable(),
    quantity: z.string(),
    reserved: z.string().openapi({ description: "What is reserved now: one hour of it; nothing once it has ended." }),
    openedAt: z.string(),
    expiresAt: z.string().nullable(),
    endedAt: z.string().nullable(),
  })
  .openapi("Authorization");

const DenialView = Problem.extend({
  reason: z.enum(denialReasons),
  missing: z.string().nullable().openapi({ description: "With insufficient_balance: the least that must be paid in." }),
}).openapi("AuthorizationDenied");

const show = (authorization: Authorization, account: string) => ({
  reference: authorization.reference,
  account,
  state: authorization.state,
  sku: authorization.price.sku,
  hourly: authorization.price.hourly === null ? null : amountText(authorization.price.hourly),
  quantity: quantityText(authorization.quantityMilli),
  reserved: amountText(authorization.reserved),
  openedAt: authorization.openedAt.toISOString(),
  expiresAt: authorization.expiresAt?.toISOString() ?? null,
  endedAt: authorization.endedAt?.toISOString() ?? null,
});

const denied = (c: HonoContext, { reason, detail, missing }: Denial): Response =>
  problem(c, 402, detail, undefined, { reason, missing: missing === undefined ? null : amountText(missing) });

async function answer(ctx: Context, c: HonoContext, authorized: Authorized): Promise<Response> {
  if (authorized.ok) {
    const account = await externalIdOf(ctx.db, authorized.value.account);
    return c.json(show(authorized.value, account), authorized.created ? 201 : 200);
  }
  return "denial" in authorized ? denied(c, authorized.denial) : refusal(c, authorized.problem);
}

/** May this work run? */
export function authorizationRoutes(app: Api, { ctx }: ApiOptions): void {
  const guard = scoped(ctx, "ingest");
  const params = z.object({ reference: z.string() });
  const cannot = {
    402: {
      description: "It may not run, why, and what to do",
      content: { "application/problem+json": { schema: DenialView } },
    },
    ...problems,
  };

  const ask = createRoute({
    method: "post",
    path: "/api/v1/authorizations",
    ...guard,
    request: { body: body(Asked) },
    responses: {
      200: answers(AuthorizationView, "Asked before, and what became of it"),
      201: answers(AuthorizationView, "It may run, and so much is reserved"),
      ...cannot,
    },
  });
  serveRoute(app, ask, async (c) => {
    const { account: name, ...input } = c.req.valid("json");
    const account = await findAccount(ctx, name);
    if (!account) {
      const message = "names no account; make the account first";
      return problem(c, 422, `account ${message}`, [{ path: "account", message }]);
    }
    return answer(ctx, c, await authorizeWork(ctx, { account, ...input }));
  });

  const change = createRoute({
    method: "patch",
    path: "/api/v1/authorizations/{reference}",
    ...guard,
    request: { params, body: body(Changed) },
    responses: { 200: answers(AuthorizationView, "As it is now"), ...cannot },
  });
  serveRoute(app, change, async (c) => {
    const { reference } = c.req.valid("param");
    if (!namePattern.test(reference)) return unknown(c);
    return answer(ctx, c, await changeAuthorization(ctx, { reference, ...c.req.valid("json") }));
  });

  const close = createRoute({
    method: "delete",
    path: "/api/v1/authorizations/{reference}",
    ...guard,
    request: { params },
    responses: { 200: answers(AuthorizationView, "Closed, now or before; nothing is reserved any more"), ...problems },
  });
  serveRoute(app, close, async (c) => {
    const { reference } = c.req.valid("param");
    if (!namePattern.test(reference)) return unknown(c);
    return answer(ctx, c, await closeAuthorization(ctx, reference));
  });
}

const unknown = (c: HonoContext) => problem(c, 404, "There is no such authorization");
