import "server-only";
import { and, asc, desc, eq, ne, type SQL } from "drizzle-orm";
import { connection } from "next/server";
import { db } from "@/db/client";
import { accounts } from "@/db/schema/accounts";
import { creditRequests } from "@/db/schema/operators";
import { DECIDED_SHOWN, type RequestView, requestView, WAITING_MAX } from "./requests";

/** Credit that an operator gave or asked for. */
export interface CreditView extends RequestView {
  bucket: "promo" | "earned";
  state: "waiting" | "granted" | "declined";
}

const read = (where: SQL) =>
  db()
    .select({ request: creditRequests, externalId: accounts.externalId })
    .from(creditRequests)
    .innerJoin(accounts, and(eq(accounts.lane, creditRequests.lane), eq(accounts.id, creditRequests.accountId)))
    .where(where)
    .$dynamic();

type Row = Awaited<ReturnType<typeof read>>[number];

const toView = ({ request, externalId }: Row): CreditView => ({
  ...requestView(request, externalId),
  bucket: request.bucket,
  state: request.state,
});

/** What waits for a second operator, the oldest first, and what was decided last. */
export async function credits(): Promise<{ waiting: CreditView[]; decided: CreditView[] }> {
  await connection();
  const [waiting, decided] = await Promise.all([
    read(eq(creditRequests.state, "waiting")).orderBy(asc(creditRequests.requestedAt)).limit(WAITING_MAX),
    read(ne(creditRequests.state, "waiting")).orderBy(desc(creditRequests.requestedAt)).limit(DECIDED_SHOWN),
  ]);
  return { waiting: waiting.map(toView), decided: decided.map(toView) };
}

/** One of them, by its reference. */
export async function creditOf(reference: string): Promise<CreditView | null> {
  await connection();
  const [row] = await read(eq(creditRequests.reference, reference));
  return row ? toView(row) : null;
}
