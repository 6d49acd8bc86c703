import { type Db, rawOf } from "@/db/client";
import { followStanding } from "@/lib/ledger/rewards";
import { sweepBeneficiaries } from "@/lib/ledger/sweep";
import { termsBook } from "@/lib/ledger/terms-book";
import type { AccountRef } from "@/lib/ledger/wallet";
import { notifyChanged } from "@/lib/live/notify";
import type { Context } from "@/lib/services/context";
import { retried } from "@/lib/services/retried";
import { claimUsage } from "@/lib/services/templates/claim-usage";
import { applyQuarantined } from "@/lib/services/usage/apply-quarantined";
import { UNKNOWN_SUBJECT } from "@/lib/services/usage/quarantine";

/** Beneficiaries served in one transaction. */
const TOGETHER = 100;

/**
 * Posts everything accrued and due to its beneficiaries: commissions, royalties, what a gate has released; and
 * finishes what a crash may have left, quarantined events whose account exists and usage of templates registered
 * since. Idempotent: what was gathered once is gone from the outbox.
 */
export async function sweep(ctx: Context): Promise<{ beneficiaries: number }> {
  await finishLeftovers(ctx);
  await followStandings(ctx);
  const waiting = await beneficiariesWaiting(ctx.db);
  for (let start = 0; start < waiting.length; start += TOGETHER) {
    const some = waiting.slice(start, start + TOGETHER);
    await retried(() =>
      ctx.db.transaction((tx) => sweepBeneficiaries(rawOf(tx), some, { book: termsBook(ctx.db), at: ctx.clock() })),
    );
    notifyChanged(
      ctx.db,
      some.map(({ id }) => id),
    );
  }
  return { beneficiaries: waiting.length };
}

const beneficiariesWaiting = (db: Db) => db.$client<AccountRef[]>`
  select distinct beneficiary_lane as lane, beneficiary_id as id from accrual_outbox
   union
  select e.lane, e.account_id from earnings e join templates t on t.external_id = e.template
   where e.pending > 0 and t.gate_met_at is not null
   union
  select e.lane, e.account_id from earnings e
    join applications a on a.lane = e.lane and a.account_id = e.account_id and a.program = e.program
   where e.pending > 0 and (e.template = '' or e.template like 'version:%') and a.state = 'accepted'
   order by 1, 2`;

interface PassedRow {
  id: string;
  lane: number;
  trigger_id: string;
}

/** The other side's bonus or milestone is posted or taken back as the paid spend behind it passed its trigger. */
async function followStandings(ctx: Context): Promise<void> {
  const passed = await ctx.db.$client<PassedRow[]>`
    select max(id) as id, lane, trigger_id from standing_outbox group by lane, trigger_id order by 1`;
  for (const { id, lane, trigger_id } of passed) {
    const trigger = { lane, id: trigger_id };
    const beneficiaries = await retried(() =>
      ctx.db.transaction(async (tx) => {
        const raw = rawOf(tx);
        await raw`delete from standing_outbox where lane = ${lane} and trigger_id = ${trigger_id} and id <= ${id}`;
        const rewards = await raw<{ id: string; lane: number; account_id: string }[]>`
          select id, lane, account_id from rewards where trigger_id = ${trigger_id} and account_id <> ${trigger_id}
           order by kind, id`;
        for (const reward of rewards) {
          const beneficiary = { lane: reward.lane, id: reward.account_id };
          await followStanding(
            raw,
            { book: termsBook(ctx.db), at: ctx.clock() },
            { id: reward.id, beneficiary, trigger },
          );
        }
        return rewards.map(({ account_id }) => account_id);
      }),
    );
    notifyChanged(ctx.db, beneficiaries);
  }
}

async function finishLeftovers(ctx: Context): Promise<void> {
  const names = await ctx.db.$client<{ subject: string }[]>`
    select distinct q.subject from quarantine q join account_names n on n.name = q.subject
     where q.reason = ${UNKNOWN_SUBJECT}`;
  await applyQuarantined(
    ctx,
    names.map(({ subject }) => subject),
  );
  const templates = await ctx.db.$client<{ template: string }[]>`
    select distinct u.template from unclaimed_usage u join templates t on t.external_id = u.template`;
  for (const { template } of templates) await claimUsage(ctx, template);
}
