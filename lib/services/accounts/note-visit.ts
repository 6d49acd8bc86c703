import { type SQLWrapper, sql } from "drizzle-orm";
import { accountVisits } from "@/db/schema/accounts";
import type { AccountRef } from "@/lib/ledger/wallet";
import type { Nanos } from "@/lib/money/nanos";
import type { Context } from "@/lib/services/context";
import { VISIT_GAP_MS } from "./visit-gap";

/** What somebody was shown of an account: as of which posting, and the charges of its lifetime. */
export interface Look {
  at: Date;
  seq: bigint;
  charged: Nanos;
}

/** A look that shows nothing new is remembered once in so long. */
const REMEMBERED_EVERY_MS = 60_000;

/**
 * Remembers that an account's owner looked, and at what. Half an hour without a look ends a visit: what it last saw is
 * from then on what the next one is compared with. A look older than the one remembered changes nothing.
 */
export async function noteVisit(ctx: Context, { account, look }: { account: AccountRef; look: Look }): Promise<void> {
  const { seenAt, seenSeq, seenCharged, beforeAt, beforeSeq, beforeCharged } = accountVisits;
  const isNewVisit = sql`${seenAt} < excluded.seen_at - ${`${VISIT_GAP_MS} milliseconds`}::interval`;
  const moved = (seen: SQLWrapper, before: SQLWrapper) => sql`case when ${isNewVisit} then ${seen} else ${before} end`;
  await ctx.db
    .insert(accountVisits)
    .values({
      lane: account.lane,
      accountId: account.id,
      seenAt: look.at,
      seenSeq: look.seq,
      seenCharged: look.charged,
    })
    .onConflictDoUpdate({
      target: [accountVisits.lane, accountVisits.accountId],
      set: {
        seenAt: sql`excluded.seen_at`,
        seenSeq: sql`excluded.seen_seq`,
        seenCharged: sql`excluded.seen_charged`,
        beforeAt: moved(seenAt, beforeAt),
        beforeSeq: moved(seenSeq, beforeSeq),
        beforeCharged: moved(seenCharged, beforeCharged),
      },
      setWhere: sql`excluded.seen_seq > ${seenSeq}
        or excluded.seen_at > ${seenAt} + ${`${REMEMBERED_EVERY_MS} milliseconds`}::interval`,
    });
}
