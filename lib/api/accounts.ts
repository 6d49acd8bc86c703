import { createRoute, z } from "@hono/zod-openapi";
import { describeAccounts } from "@/lib/services/accounts/describe-accounts";
import { listAccounts } from "@/lib/services/accounts/list-accounts";
import { type OpenAccount, openAccount } from "@/lib/services/accounts/open-account";
import type { Api, ApiOptions } from "./app";
import { scoped } from "./auth";
import { badCursor, cutPage, pageQuery, readPlace } from "./cursor";
import { findAccount, noAccount } from "./find-account";
import { refusal } from "./problem";
import { Amount, answers, body, Instant, Label, Name, page, problems } from "./schemas";
import { serveRoute } from "./serve-route";

const Email = z.email().max(254);

const NewAccount = z
  .strictObject({
    externalId: Name,
    email: Email.nullish(),
    name: Label.nullish(),
    referralCode: z.string().min(1).max(64).nullish(),
    signedUpAt: Instant.nullish().openapi({ description: "May lie in the past; an hour ahead at most." }),
    region: z
      .string()
      .regex(/^[A-Za-z0-9-]{1,32}$/, "must be 1 to 32 letters, digits or dashes")
      .nullish(),
    newAccount: z.boolean().nullish().openapi({ description: "False for customers who were there before." }),
    opening: z.strictObject({ paid: Amount.nullish(), promo: Amount.nullish(), earned: Amount.nullish() }).nullish(),
  })
  .openapi("NewAccount");

const amounts = (...names: string[]) => z.object(Object.fromEntries(names.map((name) => [name, z.string()])));
const Owed = amounts("accrued", "pending", "released");
const ByService = amounts("pod", "serverless", "storage");

export const Account = z
  .object({
    externalId: z.string(),
    signedUpAt: z.string(),
    status: z.enum(["active", "held", "closed"]),
    referralCode: z.string(),
    referredBy: z.string().nullable().openapi({ description: "Null for a customer's own key, whoever it was." }),
    wallet: amounts("promo", "promoHeld", "earned", "market", "paid", "arrears", "debt", "reserved", "available"),
    lifetime: z.object({
      deposited: z.string(),
      charged: z.string(),
      byService: ByService,
      paidSpend: z.string(),
      paidByService: ByService,
    }),
    bonus: z.object({
      program: z.enum(["signup-bonus", "referral"]),
      state: z.enum(["locked", "due", "queued", "bound", "held", "drawn", "taken_back", "not_eligible"]),
      reason: z.string().nullable(),
      progress: z.string(),
      trigger: z.string().nullable(),
      amount: z.string().nullable(),
      drawId: z.string(),
    }),
    earnings: z.object({
      commission: Owed,
      royalty: Owed,
      milestones: Owed,
      referralBonuses: Owed.extend({ draws: z.array(z.string()) }),
    }),
    referrals: z.object({
      followed: z.number(),
      signedUp: z.number(),
      spending: z.number(),
      qualified: z.number(),
    }),
  })
  .openapi("Account");

const Cursor = z.object({ after: z.uuid() });

/** Absent and null mean the same: leave the key out. */
function present<T extends object>(input: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null && value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}

export function accountRoutes(app: Api, { ctx }: ApiOptions): void {
  const create = createRoute({
    method: "post",
    path: "/api/v1/accounts",
    ...scoped(ctx, "admin"),
    request: { body: body(NewAccount) },
    responses: {
      200: answers(Account, "Made before, or the account of a person who had signed in"),
      201: answers(Account, "Made"),
      ...problems,
    },
  });
  serveRoute(app, create, async (c) => {
    const { externalId, opening, ...rest } = c.req.valid("json");
    const input: OpenAccount = { ...present(rest), externalId, ...(opening ? { opening: present(opening) } : {}) };
    const opened = await openAccount(ctx, input);
    if (!opened.ok) return refusal(c, opened.problem);
    const [account] = await describeAccounts(ctx.db, [opened.value]);
    return c.json(account, opened.created ? 201 : 200);
  });

  const read = createRoute({
    method: "get",
    path: "/api/v1/accounts/{id}",
    ...scoped(ctx, "read"),
    request: { params: z.object({ id: z.string() }) },
    responses: { 200: answers(Account, "The account"), ...problems },
  });
  serveRoute(app, read, async (c) => {
    const found = await findAccount(ctx, c.req.valid("param").id);
    if (!found) return noAccount(c);
    const [account] = await describeAccounts(ctx.db, [found]);
    return c.json(c.get("customer") ? { ...account, referredBy: null } : account, 200);
  });

  const list = createRoute({
    method: "get",
    path: "/api/v1/accounts",
    ...scoped(ctx, "read"),
    request: {
      query: z.object({
        email: Email.optional(),
        updatedSince: Instant.optional(),
        ...pageQuery,
      }),
    },
    responses: { 200: answers(page(Account), "Accounts, oldest first"), ...problems },
  });
  serveRoute(app, list, async (c) => {
    const { email, updatedSince, limit, cursor } = c.req.valid("query");
    const place = readPlace(Cursor, cursor);
    if (place === undefined) return badCursor(c);
    const customer = c.get("customer");
    const found = await listAccounts(ctx.db, {
      limit: limit + 1,
      ...(customer ? { only: customer } : {}),
      ...(email === undefined ? {} : { email }),
      ...(updatedSince === undefined ? {} : { updatedSince }),
      ...(place ?? {}),
    });
    const { shown, next } = cutPage(found, limit, ({ id }) => ({ after: id }));
    const data = await describeAccounts(ctx.db, shown);
    if (customer) for (const account of data) account.referredBy = null;
    return c.json({ data, next }, 200);
  });
}
