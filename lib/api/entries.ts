import { createRoute, z } from "@hono/zod-openapi";
import { type Code, isCode } from "@/lib/ledger/chart";
import { type EntriesCursor, type Entry, entriesPage } from "@/lib/ledger/read";
import { amountText } from "@/lib/money/format";
import { type Nanos, nanos } from "@/lib/money/nanos";
import type { Api, ApiOptions } from "./app";
import { scoped } from "./auth";
import { badCursor, fromCursor, pageQuery, toCursor } from "./cursor";
import { findAccount, noAccount } from "./find-account";
import { answers, page, problems } from "./schemas";
import { serveRoute } from "./serve-route";

const EntryView = z
  .object({
    id: z.string(),
    at: z.string(),
    posting: z.string(),
    kind: z.string(),
    cause: z.string(),
    account: z.string().openapi({ description: "An account of the customer's chart, such as promo or revenue.pod." }),
    direction: z.enum(["debit", "credit"]),
    amount: z.string(),
    balanceAfter: z.string(),
    explains: z.record(z.string(), z.unknown()),
  })
  .openapi("Entry");

const integer = z.string().regex(/^-?\d{1,19}$/);
const Cursor = z.object({
  seq: integer,
  no: z.int().min(0),
  balances: z.array(z.tuple([z.string().refine(isCode), integer])),
});

export function entryRoutes(app: Api, { ctx }: ApiOptions): void {
  const route = createRoute({
    method: "get",
    path: "/api/v1/accounts/{id}/entries",
    ...scoped(ctx, "read"),
    request: {
      params: z.object({ id: z.string() }),
      query: z.object(pageQuery),
    },
    responses: { 200: answers(page(EntryView), "Ledger entries, newest first"), ...problems },
  });
  serveRoute(app, route, async (c) => {
    const { limit, cursor } = c.req.valid("query");
    const account = await findAccount(ctx, c.req.valid("param").id);
    if (!account) return noAccount(c);
    const from = cursor === undefined ? undefined : readCursor(cursor);
    if (from === null) return badCursor(c);
    const { entries, next } = await entriesPage(ctx.db, account, { limit, ...(from ? { cursor: from } : {}) });
    return c.json({ data: entries.map((entry) => show(account.id, entry)), next: next && writeCursor(next) }, 200);
  });
}

const show = (accountId: string, entry: Entry) => ({
  id: `${accountId}.${entry.seq}.${entry.no}`,
  at: entry.at.toISOString(),
  posting: `${accountId}.${entry.seq}`,
  kind: entry.kind,
  cause: entry.cause,
  account: entry.code,
  direction: entry.direction,
  amount: amountText(entry.amount),
  balanceAfter: amountText(entry.balanceAfter),
  explains: entry.explains,
});

const writeCursor = ({ seq, no, balances }: EntriesCursor): string =>
  toCursor({ seq: String(seq), no, balances: [...balances].map(([code, balance]) => [code, String(balance)]) });

function readCursor(text: string): EntriesCursor | null {
  const parsed = Cursor.safeParse(fromCursor(text));
  if (!parsed.success) return null;
  const { seq, no, balances } = parsed.data;
  try {
    const known = balances.map(([code, balance]): [Code, Nanos] => [code as Code, nanos(BigInt(balance))]);
    return { seq: BigInt(seq), no, balances: new Map(known) };
  } catch {
    return null;
  }
}
