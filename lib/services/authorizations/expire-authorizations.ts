import { rawOf } from "@/db/client";
import { termsBook } from "@/lib/ledger/terms-book";
import type { AccountRef } from "@/lib/ledger/wallet";
import { withWallet } from "@/lib/ledger/with-wallet";
import { notifyChanged } from "@/lib/live/notify";
import type { Context } from "@/lib/services/context";
import { inTransaction } from "@/lib/services/retried";
import { endExpired } from "./end-expired";

/** Accounts looked at together; what is left is taken by the next round. */
const ACCOUNTS_MAX = 500;

/** Ends every authorization whose time is over. @returns of how many accounts. */
export async function expireAuthorizations(ctx: Context): Promise<number> {
  let ended = 0;
  for (;;) {
    const at = ctx.clock();
    const due = await ctx.db.$client<AccountRef[]>`
      select distinct lane, account_id as id from authorizations
       where state = 'open' and expires_at <= ${at.toISOString()} limit ${ACCOUNTS_MAX}`;
    for (const account of due) {
      await inTransaction(ctx, async (tx) => {
        const raw = rawOf(tx);
        await withWallet(raw, { account, book: termsBook(ctx.db), at }, ({ wallet }) => endExpired(raw, wallet, at));
      });
    }
    notifyChanged(
      ctx.db,
      due.map(({ id }) => id),
    );
    ended += due.length;
    if (due.length < ACCOUNTS_MAX) return ended;
  }
}
