import { createRoute, z } from "@hono/zod-openapi";
import { accrualText, amountText } from "@/lib/money/format";
import { suspicions } from "@/lib/programs/suspicion";
import { decideReview } from "@/lib/services/reviews/decide-review";
import { listReviews, type Review } from "@/lib/services/reviews/list-reviews";
import type { Api, ApiOptions } from "./app";
import { actorOf, scoped } from "./auth";
import { badCursor, pageQuery, readPlace, toCursor } from "./cursor";
import { problem, refusal } from "./problem";
import { answers, body, page, problems, Sentence } from "./schemas";
import { serveRoute } from "./serve-route";

const ReviewView = z
  .object({
    id: z.string(),
    kind: z.enum(["bonus", "pair"]).openapi({ description: "A held bonus, or the held commission of a pair." }),
    subject: z.string().openapi({ description: "The drawId of a bonus; the referral's id of a pair." }),
    account: z.string().openapi({ description: "Whose spend made the bonus due; a pair's referred account." }),
    beneficiary: z.string().openapi({ description: "Who would get the bonus; a pair's referrer." }),
    other: z.string().nullable().openapi({ description: "The account it looks like. For operators only." }),
    reason: z.enum(suspicions),
    sentence: z.string(),
    state: z.enum(["open", "released", "refused"]),
    openedAt: z.string(),
    decidedAt: z.string().nullable(),
    decidedBy: z.string().nullable(),
    decisionReason: z.string().nullable(),
    amounts: z.object({
      bonusMost: z.string().nullable(),
      commissionAccrued: z.string().nullable(),
      commissionHeld: z.string().nullable(),
    }),
  })
  .openapi("Review");

const show = ({ openedAt, decidedAt, amounts, ...review }: Review) => ({
  ...review,
  openedAt: openedAt.toISOString(),
  decidedAt: decidedAt?.toISOString() ?? null,
  amounts: {
    bonusMost: amounts.bonusMost === null ? null : amountText(amounts.bonusMost),
    commissionAccrued: amounts.commissionAccrued === null ? null : accrualText(amounts.commissionAccrued),
    commissionHeld: amounts.commissionHeld === null ? null : accrualText(amounts.commissionHeld),
  },
});

const Cursor = z.object({ after: z.uuid() });

export function reviewRoutes(app: Api, { ctx }: ApiOptions): void {
  const guard = scoped(ctx, "admin");

  const list = createRoute({
    method: "get",
    path: "/api/v1/reviews",
    ...guard,
    request: {
      query: z.object({
        state: z.enum(["open", "decided"]).optional(),
        ...pageQuery,
      }),
    },
    responses: {
      200: answers(page(ReviewView), "Held bonuses and commissions: the open ones as they came, else newest first"),
      ...problems,
    },
  });
  serveRoute(app, list, async (c) => {
    const { state, limit, cursor } = c.req.valid("query");
    const place = readPlace(Cursor, cursor);
    if (place === undefined) return badCursor(c);
    const { reviews, next } = await listReviews(ctx, {
      limit,
      ...(state === undefined ? {} : { state }),
      ...(place ? { cursor: place.after } : {}),
    });
    return c.json({ data: reviews.map(show), next: next === null ? null : toCursor({ after: next }) }, 200);
  });

  const decide = createRoute({
    method: "post",
    path: "/api/v1/reviews/{id}/decision",
    ...guard,
    request: {
      params: z.object({ id: z.string() }),
      body: body(z.strictObject({ release: z.boolean(), reason: Sentence })),
    },
    responses: { 200: answers(ReviewView, "Decided"), ...problems },
  });
  serveRoute(app, decide, async (c) => {
    const id = z.uuid().safeParse(c.req.valid("param").id);
    if (!id.success) return problem(c, 404, "there is no such review");
    const actor = await actorOf(ctx, c);
    const result = await decideReview(ctx, { id: id.data, ...c.req.valid("json"), actor });
    if (!result.ok) return refusal(c, result.problem);
    return c.json(show(result.value), 200);
  });
}
