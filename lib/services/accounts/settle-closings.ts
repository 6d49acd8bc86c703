import { rawOf } from "@/db/client";
import { type PaidChoice, settleClosed } from "@/lib/ledger/settle-closed";
import { termsBook } from "@/lib/ledger/terms-book";
import type { AccountRef } from "@/lib/ledger/wallet";
import { withWallet } from "@/lib/ledger/with-wallet";
import type { Context } from "@/lib/services/context";
import { retried } from "@/lib/services/retried";

/**
 * Settles what happened to closed accounts since they were last settled: usage that came late, money that a provider
 * moved, commission that was swept. Safe at any time and by several processes: it is judged with the wallet locked.
 * @returns how many accounts were settled
 */
export async function settleClosings(ctx: Context): Promise<number> {
  const due = await ctx.db.$client<(AccountRef & { paid: PaidChoice })[]>`
    select c.lane, c.account_id as id, c.paid from account_closings c
      join wallets w on w.lane = c.lane and w.account_id = c.account_id
     where w.seq > c.settled_seq order by 1, 2`;
  for (const { paid, ...account } of due) {
    const at = ctx.clock();
    await retried(() =>
      ctx.db.transaction(async (tx) => {
        const raw = rawOf(tx);
        const { seq, owed } = await withWallet(raw, { account, book: termsBook(ctx.db), at }, (scope) =>
          settleClosed(raw, scope, { paid, at }),
        );
        await raw`
          update account_closings set settled_seq = ${String(seq)}, owed = ${String(owed)}
           where lane = ${account.lane} and account_id = ${account.id}`;
      }),
    );
  }
  return due.length;
}
