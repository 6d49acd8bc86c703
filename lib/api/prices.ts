import { createRoute, z } from "@hono/zod-openapi";
import { amountText } from "@/lib/money/format";
import { listPrices } from "@/lib/services/prices/list-prices";
import { type Price, setPrice } from "@/lib/services/prices/set-price";
import type { Api, ApiOptions } from "./app";
import { scoped } from "./auth";
import { badCursor, cutPage, pageQuery, readPlace } from "./cursor";
import { made } from "./problem";
import { Amount, answers, body, Instant, Label, page, problems, Service } from "./schemas";
import { serveRoute } from "./serve-route";

const Unit = z.enum(["hour", "second", "gb-month"]);

const PriceView = z
  .object({ sku: z.string(), service: Service, unit: Unit, amount: z.string(), effectiveFrom: z.string() })
  .openapi("Price");

const Cursor = z.object({ sku: Label, effectiveFrom: Instant });

const show = ({ sku, service, unit, amount, effectiveFrom }: Price) => ({
  sku,
  service,
  unit,
  amount: amountText(amount),
  effectiveFrom: effectiveFrom.toISOString(),
});

export function priceRoutes(app: Api, { ctx }: ApiOptions): void {
  const list = createRoute({
    method: "get",
    path: "/api/v1/prices",
    ...scoped(ctx, "read"),
    request: { query: z.object(pageQuery) },
    responses: { 200: answers(page(PriceView), "Every version of the rate card, newest first by sku"), ...problems },
  });
  serveRoute(app, list, async (c) => {
    const { limit, cursor } = c.req.valid("query");
    const after = readPlace(Cursor, cursor);
    if (after === undefined) return badCursor(c);
    const found = await listPrices(ctx.db, { limit: limit + 1, after });
    const { shown, next } = cutPage(found, limit, ({ sku, effectiveFrom }) => ({ sku, effectiveFrom }));
    return c.json({ data: shown.map(show), next }, 200);
  });

  const put = createRoute({
    method: "put",
    path: "/api/v1/prices/{sku}",
    ...scoped(ctx, "admin"),
    request: {
      params: z.object({ sku: Label }),
      body: body(z.strictObject({ service: Service, unit: Unit, amount: Amount, effectiveFrom: Instant.nullish() })),
    },
    responses: { 200: answers(PriceView, "In force already"), 201: answers(PriceView, "Added"), ...problems },
  });
  serveRoute(app, put, async (c) => {
    const { effectiveFrom, ...rest } = c.req.valid("json");
    const input = { sku: c.req.valid("param").sku, ...rest, ...(effectiveFrom ? { effectiveFrom } : {}) };
    return made(c, await setPrice(ctx, input), show);
  });
}
