import { and, count, eq, gt } from "drizzle-orm";
import { v7 as timeOrderedId } from "uuid";
import { rawOf, type Tx } from "@/db/client";
import { supportRequests } from "@/db/schema/support";
import type { AccountRef } from "@/lib/ledger/wallet";
import type { Context } from "@/lib/services/context";
import { done, type Result, refused } from "@/lib/services/result";
import { inTransaction } from "@/lib/services/retried";
import { type SupportContext, supportContext } from "./support-context";

/** Questions of one account within a day; more is told to wait. */
export const QUESTIONS_MAX = 5;
const WINDOW_MS = 86_400_000;

export interface Ask {
  account: AccountRef;
  subject: string;
  message: string;
  /** The page it is about; null where none is named. */
  page: string | null;
}

/**
 * Puts a question into the operator's inbox, with what the customer was shown to go along. Refused beyond five a day
 * (`invalid`): a fault that is asked about every minute is answered no sooner.
 */
export function ask(ctx: Context, { account, subject, message, page }: Ask): Promise<Result<{ id: string }>> {
  return inTransaction(ctx, async (tx): Promise<Result<{ id: string }>> => {
    const at = ctx.clock();
    // One at a time: a form sent twice at once must not pass the limit.
    await rawOf(tx)`select pg_advisory_xact_lock(hashtextextended(${`support:${account.id}`}, 0))`;
    if ((await askedSince(tx, account, new Date(at.getTime() - WINDOW_MS))) >= QUESTIONS_MAX) {
      return refused(
        "invalid",
        `You asked ${QUESTIONS_MAX} questions within a day, and each is in the operator's inbox. Ask the next one tomorrow.`,
      );
    }
    const id = timeOrderedId();
    const context: SupportContext = await supportContext(rawOf(tx), account, page);
    await tx
      .insert(supportRequests)
      .values({ lane: account.lane, accountId: account.id, id, askedAt: at, subject, message, context, state: "open" });
    return done({ id });
  });
}

async function askedSince(tx: Tx, account: AccountRef, since: Date): Promise<number> {
  const [row] = await tx
    .select({ asked: count() })
    .from(supportRequests)
    .where(
      and(
        eq(supportRequests.lane, account.lane),
        eq(supportRequests.accountId, account.id),
        gt(supportRequests.askedAt, since),
      ),
    );
  return row?.asked ?? 0;
}
