import type { Context } from "@/lib/services/context";
import { retried } from "@/lib/services/retried";

/** Gathered in one statement; what is left is taken by the next. */
const TOGETHER = 10_000;

/** Adds what came of referrals since the last time to the totals of who referred. Idempotent: what was added is gone. */
export async function gatherTotals(ctx: Context): Promise<void> {
  for (let gathered = TOGETHER; gathered === TOGETHER; ) {
    gathered = await retried(async () => {
      const [row] = await ctx.db.$client<{ moves: string }[]>`
        with gone as (
          delete from referrer_moves
           where ctid = any(array(select ctid from referrer_moves limit ${TOGETHER} for update skip locked))
          returning *),
        added as (
          insert into referrer_totals as t
                 (lane, referrer_id, signed_up, spending, qualified, waiting, drawn, taken_back, amount)
          select referrer_lane, referrer_id, sum(signed_up), sum(spending), sum(qualified), sum(waiting), sum(drawn),
                 sum(taken_back), sum(amount)
            from gone group by 1, 2 order by 1, 2
          on conflict (lane, referrer_id) do update
             set signed_up = t.signed_up + excluded.signed_up, spending = t.spending + excluded.spending,
                 qualified = t.qualified + excluded.qualified, waiting = t.waiting + excluded.waiting,
                 drawn = t.drawn + excluded.drawn, taken_back = t.taken_back + excluded.taken_back,
                 amount = t.amount + excluded.amount)
        select count(*) as moves from gone`;
      return Number(row?.moves ?? 0);
    });
  }
}
