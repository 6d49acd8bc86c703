import { createRoute, z } from "@hono/zod-openapi";
import { amountText } from "@/lib/money/format";
import { listPrices } from "@/lib/services/prices/list-prices";
import { type Price, setPrice } from "@/lib/services/prices/set-price";
import type { Api, ApiOptions } from "./app";
import { scoped } from "./auth";
import { made } from "./problem";
import { Amount, answers, body, Instant, Label, page, problems, Service } from "./schemas";
import { serveRoute } from "./serve-route";

const Unit = z.enum(["hour", "second", "gb-month"]);

const PriceView = z
  .object({ sku: z.string(), service: Service, unit: Unit, amount: z.string(), effectiveFrom: z.string() })
  .openapi("Price");

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
    responses: { 200: answers(page(PriceView), "Every version of the rate card, newest first by sku"), ...problems },
  });
  serveRoute(app, list, async (c) => c.json({ data: (await listPrices(ctx.db)).map(show), next: null }, 200));

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
