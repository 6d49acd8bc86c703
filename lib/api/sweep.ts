import { createRoute, z } from "@hono/zod-openapi";
import { settleDue } from "@/lib/services/programs/settle-due";
import type { Api, ApiOptions } from "./app";
import { scoped } from "./auth";
import { answers, problems } from "./schemas";
import { serveRoute } from "./serve-route";

const Swept = z.object({ beneficiaries: z.number(), bound: z.number(), drawn: z.number() }).openapi("Swept");

export function sweepRoutes(app: Api, { ctx, beaconSecret }: ApiOptions): void {
  const route = createRoute({
    method: "post",
    path: "/api/v1/sweep",
    ...scoped(ctx, "admin"),
    responses: { 200: answers(Swept, "Everything due now is posted"), ...problems },
  });
  serveRoute(app, route, async (c) => c.json(await settleDue(ctx, beaconSecret), 200));
}
