import { createRoute, z } from "@hono/zod-openapi";
import { accrualText, amountText } from "@/lib/money/format";
import { services } from "@/lib/programs/account";
import { conditionNames } from "@/lib/programs/checklist";
import { showCondition } from "@/lib/programs/checklist-text";
import { type ListedReferral, listReferrals } from "@/lib/services/referrals/list-referrals";
import type { Api, ApiOptions } from "./app";
import { scoped } from "./auth";
import { badCursor, cutPage, pageQuery, readPlace } from "./cursor";
import { findAccount, noAccount } from "./find-account";
import { answers, page, problems } from "./schemas";
import { serveRoute } from "./serve-route";

const ConditionView = z
  .object({
    name: z.enum(conditionNames),
    state: z.enum(["met", "not_yet", "failed"]),
    missing: z
      .object({ of: z.enum(["dollars", "milliseconds", "accounts"]), amount: z.string() })
      .nullable()
      .openapi({ description: "How much is still to come, where that can be counted and is the referrer's to know." }),
    reason: z.string().nullable(),
    said: z.string().nullable().openapi({ description: "An operator's words, for both sides to read." }),
    until: z.string().nullable().openapi({ description: "The instant a window ends." }),
  })
  .openapi("Condition");

const ReferralView = z
  .object({
    id: z.string(),
    account: z
      .string()
      .nullable()
      .openapi({ description: "The referred account. For the platform; null for a customer's own key." }),
    signedUpAt: z.string(),
    program: z.string(),
    version: z.string(),
    stage: z.enum(["signed_up", "spending", "qualified", "void"]),
    windowEnd: z.string().nullable().openapi({ description: "End excluded; null where there is none." }),
    earned: z.object({
      total: z.string(),
      byService: z.object({ pod: z.string(), serverless: z.string(), storage: z.string() }),
    }),
    conditions: z.array(ConditionView),
    milestone: z
      .object({
        version: z.string(),
        trigger: z.string(),
        amount: z.string(),
        conditions: z.array(ConditionView),
      })
      .nullable(),
  })
  .openapi("Referral");

const Cursor = z.object({ after: z.uuid() });

/** What an account earns by whom it referred, and every condition of it. */
export function accountReferralRoutes(app: Api, { ctx }: ApiOptions): void {
  const route = createRoute({
    method: "get",
    path: "/api/v1/accounts/{id}/referrals",
    ...scoped(ctx, "read"),
    request: {
      params: z.object({ id: z.string() }),
      query: z.object(pageQuery),
    },
    responses: { 200: answers(page(ReferralView), "Referrals, newest first"), ...problems },
  });
  serveRoute(app, route, async (c) => {
    const { limit, cursor } = c.req.valid("query");
    const account = await findAccount(ctx, c.req.valid("param").id);
    if (!account) return noAccount(c);
    const place = readPlace(Cursor, cursor);
    if (place === undefined) return badCursor(c);
    const after = place?.after ?? null;
    const found = await listReferrals(ctx.db, account, { limit: limit + 1, after }, ctx.clock());
    const { shown, next } = cutPage(found, limit, ({ id }) => ({ after: id }));
    const toCustomer = c.get("customer") !== undefined;
    const data = shown.map((referral) => ({ ...show(referral), ...(toCustomer ? { account: null } : {}) }));
    return c.json({ data, next }, 200);
  });
}

function show({ id, account, signedUpAt, program, version, stage, windowEnd, ...referral }: ListedReferral) {
  const { milestone } = referral;
  const of = (service: (typeof services)[number]) => {
    const found = referral.earned.find((each) => each.service === service);
    return found ? accrualText(found.accrual) : "0";
  };
  return {
    id,
    account,
    signedUpAt: signedUpAt.toISOString(),
    program,
    version,
    stage,
    windowEnd: windowEnd?.toISOString() ?? null,
    earned: {
      total: accrualText(referral.earnedTotal),
      byService: Object.fromEntries(services.map((service) => [service, of(service)])),
    },
    conditions: referral.conditions.map(showCondition),
    milestone: milestone && {
      version: milestone.version,
      trigger: amountText(milestone.trigger.amount),
      amount: amountText(milestone.amount.referrer),
      conditions: milestone.conditions.map(showCondition),
    },
  };
}
