import { sql } from "drizzle-orm";
import type { Queryable } from "@/db/client";
import { NANOS_PER_DOLLAR, type Nanos, nanos } from "@/lib/money/nanos";
import type { Context } from "@/lib/services/context";

/** The most one operator gives alone in a day (UTC): of credit, and as much again of refunds. */
export const ALONE_DAY_MAX: Nanos = nanos(500n * NANOS_PER_DOLLAR);

export type AloneKind = "credit" | "refund";

/**
 * What an operator gave alone today, judged until the transaction ends: acts of one operator wait for each other, so
 * that two at once do not both count as the first.
 */
export async function aloneToday({ db, clock }: Context, kind: AloneKind, actor: string): Promise<Nanos> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`alone:${kind}:${actor}`}, 0))`);
  return givenAlone(db, kind, { actor, at: clock() });
}

const kinds = {
  credit: sql`credit_requests where state = 'granted'`,
  refund: sql`refund_requests where state in ('sending', 'sent')`,
} as const;

/** What an operator gave alone on the day (UTC) of an instant; what took a second person does not count. */
export async function givenAlone(
  db: Queryable,
  kind: AloneKind,
  { actor, at }: { actor: string; at: Date },
): Promise<Nanos> {
  const day = `${at.toISOString().slice(0, 10)}T00:00:00Z`;
  const rows = await db.execute<{ given: string }>(sql`
    select coalesce(sum(amount), 0)::text as given from ${kinds[kind]}
       and decided_by is null and requested_by = ${actor}
       and requested_at >= ${day}::timestamptz and requested_at < ${day}::timestamptz + interval '1 day'`);
  return nanos(BigInt(rows[0]?.given ?? 0));
}
