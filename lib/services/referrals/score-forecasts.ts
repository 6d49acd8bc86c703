import { rawOf } from "@/db/client";
import { termsBook } from "@/lib/ledger/terms-book";
import { ZERO_ACCRUAL } from "@/lib/money/accrual";
import type { Nanos } from "@/lib/money/nanos";
import { pairEarned } from "@/lib/programs/pair-earned";
import type { Context } from "@/lib/services/context";
import { commissionOf } from "./make-forecasts";

const DAY_MS = 24 * 60 * 60 * 1_000;
const PAIRS_AT_ONCE = 500;

interface Row {
  lane: number;
  id: string;
  terms_id: number;
  earns: boolean;
  base_pod: string;
  base_serverless: string;
  base_storage: string;
}

/**
 * Writes beside the forecasts of each window that ended what it earned in all, as of a day after its end: usage is
 * metered within minutes, and what comes later than that is not waited for.
 * @returns how many windows were scored.
 */
export async function scoreForecasts(ctx: Context): Promise<number> {
  const now = ctx.clock();
  const ended = new Date(now.getTime() - DAY_MS);
  return ctx.db.transaction(async (tx) => {
    const raw = rawOf(tx);
    const rows = await raw<Row[]>`
      select distinct r.lane, r.id, r.terms_id, r.void_reason is null and r.hold is distinct from 'refused' as earns,
             w.base_pod, w.base_serverless, w.base_storage
        from referral_forecasts f
        join referrals r on r.lane = f.lane and r.id = f.referral_id
        join wallets w on w.lane = r.lane and w.account_id = r.referred_id
       where f.scored_at is null and f.window_end <= ${ended.toISOString()}
       order by r.id limit ${PAIRS_AT_ONCE}`;
    const book = termsBook(ctx.db);
    await book.loadIds(
      raw,
      rows.map(({ terms_id }) => terms_id),
    );
    for (const { lane, id, terms_id, earns, ...base } of rows) {
      const outcome = earns
        ? pairEarned(commissionOf(book, terms_id), {
            pod: BigInt(base.base_pod) as Nanos,
            serverless: BigInt(base.base_serverless) as Nanos,
            storage: BigInt(base.base_storage) as Nanos,
          })
        : ZERO_ACCRUAL;
      await raw`
        update referral_forecasts set outcome = ${outcome.toString()}, scored_at = ${now.toISOString()}
         where lane = ${lane} and referral_id = ${id} and scored_at is null`;
    }
    return rows.length;
  });
}
