import { rawOf } from "@/db/client";
import { expireCredit } from "@/lib/ledger/expiries";
import { termsBook } from "@/lib/ledger/terms-book";
import type { AccountRef } from "@/lib/ledger/wallet";
import { notifyChanged } from "@/lib/live/notify";
import type { Context } from "@/lib/services/context";
import { retried } from "@/lib/services/retried";

/**
 * Lets expire what is unspent of all credit whose time is over by the clock. Each lot once, whoever runs this beside:
 * what is due is judged again with the wallet locked.
 */
export async function expireDue(ctx: Context): Promise<void> {
  const at = ctx.clock();
  const due = await ctx.db.$client<AccountRef[]>`
    select distinct lane, account_id as id from credit_expiries
     where open and expires_at <= ${at.toISOString()} order by 1, 2`;
  for (const account of due) {
    const expired = await retried(() =>
      ctx.db.transaction((tx) => expireCredit(rawOf(tx), { book: termsBook(ctx.db), at }, account)),
    );
    if (expired > 0) notifyChanged(ctx.db, [account.id]);
  }
}
