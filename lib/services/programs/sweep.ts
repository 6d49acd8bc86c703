import { type Db, rawOf } from "@/db/client";
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
   order by 1, 2`;

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
