import { createRoute, z } from "@hono/zod-openapi";
import { describeTemplate } from "@/lib/services/templates/describe-template";
import { registerTemplate } from "@/lib/services/templates/register-template";
import type { Api, ApiOptions } from "./app";
import { scoped } from "./auth";
import { findAccount } from "./find-account";
import { problem, refusal } from "./problem";
import { answers, body, Instant, Label, Name, problems } from "./schemas";
import { serveRoute } from "./serve-route";

export const Template = z
  .object({
    externalId: z.string(),
    creator: z.string(),
    name: z.string(),
    createdAt: z.string(),
    runtimeMs: z.number(),
    gateMs: z.number(),
    gateMet: z.boolean(),
    users: z.number(),
    spend: z.string(),
    royalty: z.object({ accrued: z.string(), pending: z.string(), released: z.string() }),
  })
  .openapi("Template");

export function templateRoutes(app: Api, { ctx }: ApiOptions): void {
  const register = createRoute({
    method: "post",
    path: "/api/v1/templates",
    ...scoped(ctx, "admin"),
    request: {
      body: body(z.strictObject({ externalId: Label, creator: Name, name: Label, createdAt: Instant.nullish() })),
    },
    responses: { 200: answers(Template, "Registered before"), 201: answers(Template, "Registered"), ...problems },
  });
  serveRoute(app, register, async (c) => {
    const { creator: creatorName, createdAt, externalId, name } = c.req.valid("json");
    const creator = await findAccount(ctx, creatorName);
    if (!creator) {
      const message = "names no account; make the account first";
      return problem(c, 422, `creator ${message}`, [{ path: "creator", message }]);
    }
    const result = await registerTemplate(ctx, { externalId, creator, name, ...(createdAt ? { createdAt } : {}) });
    if (!result.ok) return refusal(c, result.problem);
    return c.json(await describeTemplate(ctx.db, externalId), result.created ? 201 : 200);
  });

  const read = createRoute({
    method: "get",
    path: "/api/v1/templates/{id}",
    ...scoped(ctx, "read"),
    request: { params: z.object({ id: z.string() }) },
    responses: { 200: answers(Template, "The template"), ...problems },
  });
  serveRoute(app, read, async (c) => {
    const name = Label.safeParse(c.req.valid("param").id);
    const template = name.success ? await describeTemplate(ctx.db, name.data) : null;
    const customer = c.get("customer");
    const isOthers = template && customer && (await findAccount(ctx, template.creator))?.id !== customer.id;
    return template && !isOthers ? c.json(template, 200) : problem(c, 404, "There is no such template");
  });
}
