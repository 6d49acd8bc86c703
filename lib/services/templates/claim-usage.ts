import { rawOf } from "@/db/client";
import { claimUnclaimed } from "@/lib/ledger/claim";
import { termsBook } from "@/lib/ledger/terms-book";
import type { AccountRef } from "@/lib/ledger/wallet";
import type { Context } from "@/lib/services/context";
import { inTransaction } from "@/lib/services/retried";

/**
 * Lets earlier pod usage that named a template, now registered, count for it. One account at a time, each in its own
 * transaction: safe to repeat, so a registration cut short is finished by the next sweep.
 */
export async function claimUsage(ctx: Context, template: string): Promise<void> {
  const accounts = await ctx.db.$client<AccountRef[]>`
    select distinct lane, account_id as id from unclaimed_usage where template = ${template} order by 1, 2`;
  for (const account of accounts) {
    await inTransaction(ctx, (tx) =>
      claimUnclaimed(rawOf(tx), { account, book: termsBook(ctx.db), at: ctx.clock() }, template),
    );
  }
}
