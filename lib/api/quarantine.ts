import { createRoute, z } from "@hono/zod-openapi";
import { listQuarantine } from "@/lib/services/usage/list-quarantine";
import { badCursor } from "./accounts";
import type { Api, ApiOptions } from "./app";
import { scoped } from "./auth";
import { fromCursor, toCursor } from "./cursor";
import { answers, Limit, page, problems } from "./schemas";
import { serveRoute } from "./serve-route";

const Held = z
  .object({
    source: z.string(),
    id: z.string(),
    subject: z.string(),
    reason: z.string(),
    receivedAt: z.string(),
    ageSeconds: z.number(),
    event: z.record(z.string(), z.unknown()),
  })
  .openapi("QuarantinedEvent");

const Cursor = z.object({ after: z.string().regex(/^\d{1,18}$/) });

export function quarantineRoutes(app: Api, { ctx }: ApiOptions): void {
  const route = createRoute({
    method: "get",
    path: "/api/v1/quarantine",
    ...scoped(ctx, "read", "none"),
    request: { query: z.object({ limit: Limit, cursor: z.string().max(4_000).optional() }) },
    responses: { 200: answers(page(Held), "Events waiting for their account, oldest first"), ...problems },
  });
  serveRoute(app, route, async (c) => {
    const { limit, cursor } = c.req.valid("query");
    const after = cursor === undefined ? undefined : Cursor.safeParse(fromCursor(cursor));
    if (after && !after.success) return badCursor(c);
    const rows = await listQuarantine(ctx.db, { limit, after: BigInt(after?.data.after ?? 0) });
    const now = ctx.clock().getTime();
    const data = rows.map(({ source, id, subject, reason, receivedAt, event }) => ({
      source,
      id,
      subject,
      reason,
      receivedAt: receivedAt.toISOString(),
      ageSeconds: Math.max(0, Math.floor((now - receivedAt.getTime()) / 1_000)),
      event,
    }));
    const last = rows.at(-1);
    return c.json(
      { data, next: last && rows.length === limit ? toCursor({ after: String(last.position) }) : null },
      200,
    );
  });
}
