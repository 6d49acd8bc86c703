import { createRoute, z } from "@hono/zod-openapi";
import { decideApplicationAs } from "@/lib/services/operators/decide-application";
import { applyForRelease } from "@/lib/services/referrals/apply";
import { type Enrolment, enrol, enrolmentPrograms } from "@/lib/services/referrals/enrol";
import { listApplications, type NamedApplication, nameApplication } from "@/lib/services/referrals/list-applications";
import type { Api, ApiOptions } from "./app";
import { actorOf, scoped } from "./auth";
import { badCursor, cutPage, pageQuery, readPlace } from "./cursor";
import { findAccount, noAccount } from "./find-account";
import { refusal } from "./problem";
import { answers, body, Instant, Label, Name, page, problems, Sentence } from "./schemas";
import { serveRoute } from "./serve-route";

const EnrolmentView = z
  .object({ reference: z.string(), program: z.string(), version: z.string(), createdAt: z.string() })
  .openapi("Enrolment");

const showEnrolment = ({ reference, program, version, createdAt }: Enrolment) => ({
  reference,
  program,
  version,
  createdAt: createdAt.toISOString(),
});

const Cursor = z.object({ submittedAt: Instant, reference: Name });

const ApplicationView = z
  .object({
    reference: z.string(),
    account: z.string(),
    program: z.string(),
    state: z.enum(["submitted", "accepted", "declined"]),
    submittedAt: z.string(),
    decidedAt: z.string().nullable(),
    reason: z.string().nullable(),
  })
  .openapi("Application");

const showApplication = ({ application, account }: NamedApplication) => ({
  reference: application.reference,
  account,
  program: application.program,
  state: application.state,
  submittedAt: application.submittedAt.toISOString(),
  decidedAt: application.decidedAt?.toISOString() ?? null,
  reason: application.reason,
});

export function referralRoutes(app: Api, { ctx }: ApiOptions): void {
  const admin = scoped(ctx, "admin");
  const params = z.object({ id: z.string() });

  const enrolAccount = createRoute({
    method: "post",
    path: "/api/v1/accounts/{id}/enrolments",
    ...admin,
    request: {
      params,
      body: body(z.strictObject({ program: z.enum(enrolmentPrograms), version: Label.nullish(), reference: Name })),
    },
    responses: { 200: answers(EnrolmentView, "Enrolled before"), 201: answers(EnrolmentView, "Enrolled"), ...problems },
  });
  serveRoute(app, enrolAccount, async (c) => {
    const account = await findAccount(ctx, c.req.valid("param").id);
    if (!account) return noAccount(c);
    const { version, ...rest } = c.req.valid("json");
    const result = await enrol(ctx, { account, ...rest, ...(version ? { version } : {}) });
    if (!result.ok) return refusal(c, result.problem);
    return c.json(showEnrolment(result.value), result.created ? 201 : 200);
  });

  const apply = createRoute({
    method: "post",
    path: "/api/v1/accounts/{id}/applications",
    ...admin,
    request: { params, body: body(z.strictObject({ program: z.literal("referral-beta"), reference: Name })) },
    responses: { 200: answers(ApplicationView, "Made before"), 201: answers(ApplicationView, "Made"), ...problems },
  });
  serveRoute(app, apply, async (c) => {
    const account = await findAccount(ctx, c.req.valid("param").id);
    if (!account) return noAccount(c);
    const result = await applyForRelease(ctx, { account, reference: c.req.valid("json").reference });
    if (!result.ok) return refusal(c, result.problem);
    return c.json(showApplication(await nameApplication(ctx.db, result.value)), result.created ? 201 : 200);
  });

  const list = createRoute({
    method: "get",
    path: "/api/v1/applications",
    ...admin,
    request: { query: z.object(pageQuery) },
    responses: { 200: answers(page(ApplicationView), "Applications, newest first"), ...problems },
  });
  serveRoute(app, list, async (c) => {
    const { limit, cursor } = c.req.valid("query");
    const after = readPlace(Cursor, cursor);
    if (after === undefined) return badCursor(c);
    const found = await listApplications(ctx.db, { limit: limit + 1, after });
    const { shown, next } = cutPage(found, limit, ({ application: { submittedAt, reference } }) => ({
      submittedAt,
      reference,
    }));
    return c.json({ data: shown.map(showApplication), next }, 200);
  });

  const decide = createRoute({
    method: "post",
    path: "/api/v1/applications/{reference}/decision",
    ...admin,
    request: {
      params: z.object({ reference: Name }),
      body: body(z.strictObject({ accept: z.boolean(), reason: Sentence })),
    },
    responses: { 200: answers(ApplicationView, "Decided"), ...problems },
  });
  serveRoute(app, decide, async (c) => {
    const result = await decideApplicationAs(ctx, {
      ...c.req.valid("param"),
      ...c.req.valid("json"),
      actor: await actorOf(ctx, c),
    });
    if (!result.ok) return refusal(c, result.problem);
    return c.json(showApplication(await nameApplication(ctx.db, result.value)), 200);
  });
}
