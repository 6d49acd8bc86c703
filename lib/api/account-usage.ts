import { createRoute, z } from "@hono/zod-openapi";
import { putAwayUntil } from "@/lib/ledger/months/kept";
import { usageDimensions } from "@/lib/ledger/standing-usage";
import { amountText } from "@/lib/money/format";
import { FIRST_MS } from "@/lib/services/instant";
import { printable } from "@/lib/services/names";
import { listUsage, type UsageOfBucket, usageBuckets } from "@/lib/services/usage/list-usage";
import type { Api, ApiOptions } from "./app";
import { scoped } from "./auth";
import { badCursor, cutPage, pageQuery, readPlace } from "./cursor";
import { findAccount, noAccount } from "./find-account";
import { problem } from "./problem";
import { answers, Instant, page, problems } from "./schemas";
import { serveRoute } from "./serve-route";

const UsageView = z
  .object({
    start: z.string().openapi({ description: "The beginning of the bucket, UTC." }),
    name: z.string().nullable().openapi({ description: "What `by` asks for; null where events named none." }),
    events: z.number(),
    durationMs: z.number(),
    charged: z.string(),
    paidFrom: z.object({ promo: z.string(), earned: z.string(), market: z.string(), paid: z.string() }),
  })
  .openapi("UsageBucket");

const Cursor = z.object({ start: Instant, name: z.string().max(256).regex(printable) });

const DAY_MS = 86_400_000;
const PERIOD_DAYS = 30;

/** What an account was charged, by time and by what it used. */
export function accountUsageRoutes(app: Api, { ctx }: ApiOptions): void {
  const route = createRoute({
    method: "get",
    path: "/api/v1/accounts/{id}/usage",
    ...scoped(ctx, "read"),
    request: {
      params: z.object({ id: z.string() }),
      query: z.object({
        from: Instant.optional().openapi({ description: "Usage that ended then or later; 30 days before `to`." }),
        to: Instant.optional().openapi({ description: "Usage that ended before it; an hour from now, when absent." }),
        bucket: z.enum(usageBuckets).default("day"),
        by: z.enum(usageDimensions).default("service"),
        ...pageQuery,
      }),
    },
    responses: { 200: answers(page(UsageView), "Charges by bucket, the oldest first"), ...problems },
  });
  serveRoute(app, route, async (c) => {
    const { from, to, bucket, by, limit, cursor } = c.req.valid("query");
    const account = await findAccount(ctx, c.req.valid("param").id);
    if (!account) return noAccount(c);
    // Events may be dated up to an hour ahead.
    const end = to ?? new Date(ctx.clock().getTime() + DAY_MS / 24);
    const begin = from ?? new Date(Math.max(end.getTime() - PERIOD_DAYS * DAY_MS, FIRST_MS));
    if (begin >= end) {
      return problem(c, 422, "from must be before to", [{ path: "from", message: "must be before to" }]);
    }
    const away = from && (await putAwayUntil(ctx.db.$client, account));
    if (away && begin < away) {
      const message = `is before ${away.toISOString()}: older usage of this account was put away`;
      return problem(c, 422, `from ${message}`, [{ path: "from", message }]);
    }
    const after = readPlace(Cursor, cursor);
    if (after === undefined) return badCursor(c);
    const found = await listUsage(ctx.db, account, { from: begin, to: end, bucket, by, limit: limit + 1, after });
    const { shown, next } = cutPage(found, limit, ({ start, name }) => ({ start, name }));
    return c.json({ data: shown.map(show), next }, 200);
  });
}

const show = ({ start, name, events, durationMs, charged, parts }: UsageOfBucket) => ({
  start: start.toISOString(),
  name: name === "" ? null : name,
  events,
  durationMs: Number(durationMs),
  charged: amountText(charged),
  paidFrom: {
    promo: amountText(parts.promo),
    earned: amountText(parts.earned),
    market: amountText(parts.market),
    paid: amountText(parts.paid),
  },
});
