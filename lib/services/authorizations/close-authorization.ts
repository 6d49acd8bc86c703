import { and, eq } from "drizzle-orm";
import { rawOf } from "@/db/client";
import { authorizations } from "@/db/schema/authorizations";
import { changeReserved } from "@/lib/ledger/reserve";
import { termsBook } from "@/lib/ledger/terms-book";
import { withWallet } from "@/lib/ledger/with-wallet";
import { notifyChanged } from "@/lib/live/notify";
import { nanos } from "@/lib/money/nanos";
import type { Context } from "@/lib/services/context";
import { done, type Result, refused } from "@/lib/services/result";
import { inTransaction } from "@/lib/services/retried";
import { type Authorization, findAuthorization, toAuthorization } from "./authorization";
import { endExpired } from "./end-expired";

/**
 * The work has ended: what it had reserved is free again. What has ended before stays as it ended.
 * Refuses what is `not_found`.
 */
export async function closeAuthorization(ctx: Context, reference: string): Promise<Result<Authorization>> {
  const found = await findAuthorization(ctx.db, reference);
  if (!found) return refused("not_found", "There is no such authorization");
  const at = ctx.clock();
  if (found.state !== "open") return done(toAuthorization(found, at), false);
  const account = { lane: found.lane, id: found.accountId };
  const ended = await inTransaction(ctx, async (tx) => {
    const raw = rawOf(tx);
    return withWallet(raw, { account, book: termsBook(ctx.db), at }, async ({ wallet }) => {
      await endExpired(raw, wallet, at);
      const [closed] = await tx
        .update(authorizations)
        .set({ state: "closed", endedAt: at })
        .where(and(eq(authorizations.reference, reference), eq(authorizations.state, "open")))
        .returning();
      if (closed) changeReserved(wallet, nanos(-closed.reserved));
      return closed ?? (await findAuthorization(tx, reference));
    });
  });
  if (!ended) throw new Error(`Authorization ${reference} went away`);
  notifyChanged(ctx.db, [account.id]);
  return done(toAuthorization(ended, at), false);
}
