import { rawOf } from "@/db/client";
import { releaseHeld } from "@/lib/ledger/rewards";
import { termsBook } from "@/lib/ledger/terms-book";
import { notifyChanged } from "@/lib/live/notify";
import type { Context } from "@/lib/services/context";
import { retried } from "@/lib/services/retried";

interface HeldRow {
  lane: number;
  account_id: string;
  id: string;
}

/**
 * Makes every held bonus spendable whose time is over by the clock. Each once, whoever runs this beside: what is due is
 * judged again with the wallet locked.
 */
export async function releaseDue(ctx: Context): Promise<void> {
  const at = ctx.clock();
  const due = await ctx.db.$client<HeldRow[]>`
    select lane, account_id, id from rewards where held and release_at <= ${at.toISOString()} order by release_at, id`;
  for (const { lane, account_id, id } of due) {
    const beneficiary = { lane, id: account_id };
    const released = await retried(() =>
      ctx.db.transaction((tx) => releaseHeld(rawOf(tx), { book: termsBook(ctx.db), at }, { id, beneficiary })),
    );
    if (released) notifyChanged(ctx.db, [account_id]);
  }
}
