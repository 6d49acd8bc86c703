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
  trigger_lane: number;
  trigger_id: string;
}

/**
 * Makes every held bonus spendable whose time is over by the clock and whose pair is not in review. Each once, whoever runs this beside: what is due is
 * judged again with the wallet locked.
 */
export async function releaseDue(ctx: Context): Promise<void> {
  const at = ctx.clock();
  const due = await ctx.db.$client<HeldRow[]>`
    select w.lane, w.account_id, w.id, w.trigger_lane, w.trigger_id from rewards w
      left join referrals r on r.lane = w.trigger_lane and r.referred_id = w.trigger_id
     where w.held and w.release_at <= ${at.toISOString()} and r.hold is distinct from 'held'
     order by w.release_at, w.id`;
  for (const { lane, account_id, id, trigger_lane, trigger_id } of due) {
    const reward = { id, beneficiary: { lane, id: account_id }, trigger: { lane: trigger_lane, id: trigger_id } };
    const released = await retried(() =>
      ctx.db.transaction((tx) => releaseHeld(rawOf(tx), { book: termsBook(ctx.db), at }, reward)),
    );
    if (released) notifyChanged(ctx.db, [account_id]);
  }
}
