import { createRoute, z } from "@hono/zod-openapi";
import { listQuarantine } from "@/lib/services/usage/list-quarantine";
import type { Api, ApiOptions } from "./app";
import { scoped } from "./auth";
import { badCursor, cutPage, pageQuery, readPlace, Seq } from "./cursor";
import { answers, page, problems } from "./schemas";
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

const Cursor = z.object({ after: Seq });

export function quarantineRoutes(app: Api, { ctx }: ApiOptions): void {
  const route = createRoute({
    method: "get",
    path: "/api/v1/quarantine",
    ...scoped(ctx, "read", "none"),
    request: { query: z.object(pageQuery) },
    responses: { 200: answers(page(Held), "Events waiting for their account, oldest first"), ...problems },
  });
  serveRoute(app, route, async (c) => {
    const { limit, cursor } = c.req.valid("query");
    const place = readPlace(Cursor, cursor);
    if (place === undefined) return badCursor(c);
    const found = await listQuarantine(ctx.db, { limit: limit + 1, after: place?.after ?? 0n });
    const { shown, next } = cutPage(found, limit, ({ position }) => ({ after: String(position) }));
    const now = ctx.clock().getTime();
    const data = shown.map(({ source, id, subject, reason, receivedAt, event }) => ({
      source,
      id,
      subject,
      reason,
      receivedAt: receivedAt.toISOString(),
      ageSeconds: Math.max(0, Math.floor((now - receivedAt.getTime()) / 1_000)),
      event,
    }));
    return c.json({ data, next }, 200);
  });
}
