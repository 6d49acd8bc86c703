import { createRoute, z } from "@hono/zod-openapi";
import { describeDraw, listDraws } from "@/lib/services/programs/describe-draw";
import type { Api, ApiOptions } from "./app";
import { scoped } from "./auth";
import { badCursor, cutPage, pageQuery, readPlace } from "./cursor";
import { findAccount, noAccount } from "./find-account";
import { problem } from "./problem";
import { limitByAddress } from "./rate-limit";
import { answers, Instant, page, problems } from "./schemas";
import { serveRoute } from "./serve-route";

const Draw = z
  .object({
    drawId: z.string(),
    program: z.string(),
    state: z.enum(["due", "held", "queued", "bound", "drawn"]),
    dueAt: z.string(),
    boundAt: z.string().nullable(),
    drawnAt: z.string().nullable(),
    amount: z.string().nullable(),
    oddsHash: z.string(),
    odds: z.object({ tiers: z.array(z.array(z.number())), v: z.literal(1) }),
    beacon: z
      .object({
        name: z.enum(["local", "drand"]),
        round: z.number(),
        roundAt: z.string(),
        randomness: z.string().nullable(),
        signature: z.string().nullable(),
        anchor: z.string().nullable(),
        distance: z.number().nullable(),
      })
      .nullable(),
  })
  .openapi("Draw");

const Cursor = z.object({ dueAt: Instant, drawId: z.uuid() });

const isUuid = z.uuid();

export function drawRoutes(app: Api, { ctx }: ApiOptions): void {
  const route = createRoute({
    method: "get",
    path: "/api/v1/draws/{drawId}",
    middleware: limitByAddress("public"),
    request: { params: z.object({ drawId: z.string() }) },
    responses: { 200: answers(Draw, "All that is needed to recompute the draw"), ...problems },
  });
  serveRoute(app, route, async (c) => {
    const { drawId } = c.req.valid("param");
    const draw = isUuid.safeParse(drawId).success ? await describeDraw(ctx.db, drawId.toLowerCase()) : null;
    if (!draw) return problem(c, 404, "There is no such draw, or it is not due yet");
    return c.json(draw, 200);
  });

  const ofAccount = createRoute({
    method: "get",
    path: "/api/v1/accounts/{id}/draws",
    ...scoped(ctx, "read"),
    request: { params: z.object({ id: z.string() }), query: z.object(pageQuery) },
    responses: { 200: answers(page(Draw), "Draws the account gains by, newest first"), ...problems },
  });
  serveRoute(app, ofAccount, async (c) => {
    const account = await findAccount(ctx, c.req.valid("param").id);
    if (!account) return noAccount(c);
    const { limit, cursor } = c.req.valid("query");
    const after = readPlace(Cursor, cursor);
    if (after === undefined) return badCursor(c);
    const found = await listDraws(ctx.db, account, { limit: limit + 1, after });
    const { shown, next } = cutPage(found, limit, ({ dueAt, drawId }) => ({ dueAt, drawId }));
    return c.json({ data: shown, next }, 200);
  });
}
