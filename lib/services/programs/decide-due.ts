import { v7 as timeOrderedId } from "uuid";
import { rawOf, type Tx } from "@/db/client";
import { arrayLiteral, textArrayLiteral } from "@/lib/ledger/sql-arrays";
import { termsBook } from "@/lib/ledger/terms-book";
import type { AccountRef } from "@/lib/ledger/wallet";
import { notifyChanged } from "@/lib/live/notify";
import { CAP, CLOSED, type Hold, holdOf, refusedReason } from "@/lib/programs/suspicion";
import type { Context } from "@/lib/services/context";
import { inTransaction } from "@/lib/services/retried";
import { type CappedDraw, capRooms } from "./referral-cap";
import { suspicionFacts } from "./suspicion-facts";

/** Draws decided in one transaction. */
const TOGETHER = 500;

interface DueRow extends CappedDraw {
  lane: number;
  id: string;
  trigger_id: string;
  /** Whether the beneficiary has closed the account. */
  is_closed: boolean;
}

type Held = { draw: DueRow; hold: Hold };

/**
 * Judges every draw that became due, once, before a round can be bound to it: what looks like a second account of one
 * person is held with a reason and a review; what its referrer's terms give no more of, or what would go to a closed
 * account, is held for good; everything else goes into the queue that rounds are bound from. The draws' row locks let
 * each be judged once, whoever runs this beside.
 * @returns how many were held
 */
export async function decideDue(ctx: Context): Promise<number> {
  let held = 0;
  for (;;) {
    const { decided, heldNow } = await inTransaction(ctx, (tx) => decideSome(ctx, tx));
    held += heldNow.length;
    notifyChanged(
      ctx.db,
      heldNow.flatMap(({ trigger_id, beneficiary_id }) => [trigger_id, beneficiary_id]),
    );
    if (decided < TOGETHER) return held;
  }
}

async function decideSome(ctx: Context, tx: Tx): Promise<{ decided: number; heldNow: DueRow[] }> {
  const raw = rawOf(tx);
  const due = await raw<DueRow[]>`
    select d.lane, d.id, d.kind, d.trigger_id, d.beneficiary_id, d.terms_id, b.status = 'closed' as is_closed
      from draws d join accounts b on b.lane = d.beneficiary_lane and b.id = d.beneficiary_id
     where d.state = 'due' order by d.due_at, d.kind, d.id limit ${TOGETHER} for update of d`;
  if (due.length === 0) return { decided: 0, heldNow: [] };
  const triggers = new Map(
    due.map(({ lane, trigger_id }): [string, AccountRef] => [trigger_id, { lane, id: trigger_id }]),
  );
  const facts = await suspicionFacts(raw, [...triggers.values()]);
  const rooms = await capRooms(raw, termsBook(ctx.db), due);
  const held: Held[] = [];
  const ended: { draw: DueRow; reason: string }[] = [];
  const passed: DueRow[] = [];
  for (const draw of due) {
    const known = facts.get(draw.trigger_id);
    if (!known) throw new Error(`Draw ${draw.id} was made due by nobody`);
    const hold = holdOf(known);
    if (draw.is_closed) ended.push({ draw, reason: CLOSED });
    else if (!rooms.has(draw)) ended.push({ draw, reason: CAP });
    else if (hold) held.push({ draw, hold });
    else {
      rooms.take(draw);
      passed.push(draw);
    }
  }
  const reasons = held.map(({ draw, hold }) => ({
    draw,
    reason: hold.isRefused ? refusedReason(hold.reason) : hold.reason,
  }));
  await Promise.all([queue(tx, passed), holdBack(tx, [...reasons, ...ended]), openReviews(tx, held, ctx.clock())]);
  return { decided: due.length, heldNow: [...held, ...ended].map(({ draw }) => draw) };
}

async function queue(tx: Tx, draws: readonly DueRow[]): Promise<void> {
  if (draws.length === 0) return;
  await rawOf(tx)`
    update draws d set state = 'queued'
      from unnest(${arrayLiteral(draws.map(({ lane }) => lane))}::smallint[],
                  ${arrayLiteral(draws.map(({ id }) => id))}::uuid[]) as u (lane, id)
     where d.lane = u.lane and d.id = u.id`;
}

async function holdBack(tx: Tx, held: readonly { draw: DueRow; reason: string }[]): Promise<void> {
  if (held.length === 0) return;
  await rawOf(tx)`
    update draws d set state = 'held', held_reason = u.reason
      from unnest(${arrayLiteral(held.map(({ draw }) => draw.lane))}::smallint[],
                  ${arrayLiteral(held.map(({ draw }) => draw.id))}::uuid[],
                  ${textArrayLiteral(held.map(({ reason }) => reason))}::text[]) as u (lane, id, reason)
     where d.lane = u.lane and d.id = u.id`;
}

/** A bonus of a pair that was refused is refused with it, in the same operator's words. */
async function openReviews(tx: Tx, held: readonly Held[], at: Date): Promise<void> {
  if (held.length === 0) return;
  await rawOf(tx)`
    insert into reviews (id, kind, subject_id, subject_lane, lane, account_id, reason, other_id, state, opened_at,
                         decided_at, decided_by, decision_reason)
    select u.id, 'bonus', u.draw_id, u.lane, u.lane, u.account_id, u.reason, u.other_id,
           case when u.is_refused then 'refused' else 'open' end, ${at.toISOString()},
           case when u.is_refused then ${at.toISOString()}::timestamptz end, said.decided_by, said.decision_reason
      from unnest(${arrayLiteral(held.map(() => timeOrderedId()))}::uuid[],
                  ${arrayLiteral(held.map(({ draw }) => draw.lane))}::smallint[],
                  ${arrayLiteral(held.map(({ draw }) => draw.id))}::uuid[],
                  ${arrayLiteral(held.map(({ draw }) => draw.trigger_id))}::uuid[],
                  ${textArrayLiteral(held.map(({ hold }) => hold.reason))}::text[],
                  ${textArrayLiteral(held.map(({ hold }) => hold.otherId))}::uuid[],
                  ${arrayLiteral(held.map(({ hold }) => hold.isRefused))}::boolean[])
             as u (id, lane, draw_id, account_id, reason, other_id, is_refused)
      left join lateral (
        select v.decided_by, v.decision_reason from referrals r
          join reviews v on v.kind = 'pair' and v.subject_id = r.id and v.state = 'refused'
         where u.is_refused and r.lane = u.lane and r.referred_id = u.account_id limit 1) said on true
    on conflict (kind, subject_id, reason) do nothing`;
}
