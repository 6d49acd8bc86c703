import { createRoute, z } from "@hono/zod-openapi";
import { migrationsCurrent } from "@/lib/services/health/migrations-current";
import type { Api, ApiOptions } from "./app";
import { problem } from "./problem";
import { answers, problems } from "./schemas";
import { serveRoute } from "./serve-route";

export function healthRoutes(app: Api, { ctx }: ApiOptions): void {
  const route = createRoute({
    method: "get",
    path: "/api/health",
    responses: {
      200: answers(z.object({ status: z.literal("ok") }), "The database answers and is current"),
      ...problems,
    },
  });
  serveRoute(app, route, async (c) => {
    const current = await migrationsCurrent(ctx).catch(() => null);
    if (current === null) return problem(c, 503, "The database does not answer");
    if (!current) return problem(c, 503, "The database is older than this version; run npm run db:migrate");
    return c.json({ status: "ok" as const }, 200);
  });
}
