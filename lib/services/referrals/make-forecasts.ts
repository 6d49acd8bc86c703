import { rawOf } from "@/db/client";
import { referralForecasts } from "@/db/schema/programs";
import { type TermsBook, termsBook } from "@/lib/ledger/terms-book";
import type { Nanos } from "@/lib/money/nanos";
import { forecastPair, lastWeeks, mondayOf, WEEK_MS } from "@/lib/programs/forecast";
import { earnedOn, pairEarned } from "@/lib/programs/pair-earned";
import type { Commission } from "@/lib/programs/terms";
import type { Context } from "@/lib/services/context";
import { pairDays } from "./pair-days";

const PAIRS_AT_ONCE = 200;
const START = "00000000-0000-0000-0000-000000000000";

interface Row {
  lane: number;
  id: string;
  referred_id: string;
  referrer_id: string;
  terms_id: number;
  start_ms: string;
  end_ms: string;
  base_pod: string;
  base_serverless: string;
  base_storage: string;
}

/**
 * Says of every pair that still earns, once a week (UTC, from Monday), what it will have earned by the end of its
 * window; a pair is first asked about after a whole week. Safe to repeat: what was said stays said.
 * @returns how many forecasts were made.
 */
export async function makeForecasts(ctx: Context): Promise<number> {
  let made = 0;
  for (let after: string | undefined = START; after !== undefined; ) {
    const page: Page = await forecastPage(ctx, after);
    made += page.made;
    after = page.next;
  }
  return made;
}

interface Page {
  made: number;
  /** The id to go on after; absent at the end. */
  next?: string | undefined;
}

async function forecastPage(ctx: Context, after: string): Promise<Page> {
  const now = ctx.clock();
  const week = mondayOf(now);
  const before = new Date(now.getTime() - WEEK_MS);
  return ctx.db.transaction(async (tx) => {
    const raw = rawOf(tx);
    const rows = await raw<Row[]>`
      select r.lane, r.id, r.referred_id, r.referrer_id, r.terms_id,
             (extract(epoch from r.window_start) * 1000)::bigint as start_ms,
             (extract(epoch from r.window_end) * 1000)::bigint as end_ms, w.base_pod, w.base_serverless, w.base_storage
        from referrals r
        join wallets w on w.lane = r.lane and w.account_id = r.referred_id
       where r.id > ${after} and r.window_end > ${now.toISOString()} and r.window_start <= ${before.toISOString()}
         and r.void_reason is null and r.hold is distinct from 'refused'
         and not exists (select from referral_forecasts f
                          where f.lane = r.lane and f.referral_id = r.id and f.week = ${week})
       order by r.id limit ${PAIRS_AT_ONCE}`;
    const book = termsBook(ctx.db);
    await book.loadIds(
      raw,
      rows.map(({ terms_id }) => terms_id),
    );
    let made = 0;
    for (const row of rows) {
      const commission = commissionOf(book, row.terms_id);
      const [windowStart, windowEnd] = [new Date(Number(row.start_ms)), new Date(Number(row.end_ms))];
      const { lane, id: referralId, referred_id: referredId, referrer_id: referrerId } = row;
      const { provenance } = commission;
      const days = await pairDays(raw, { lane, referredId, windowStart, windowEnd, provenance });
      const earned = pairEarned(commission, {
        pod: BigInt(row.base_pod) as Nanos,
        serverless: BigInt(row.base_serverless) as Nanos,
        storage: BigInt(row.base_storage) as Nanos,
      });
      const weeks = lastWeeks(
        days.map(({ day, service, base }) => ({ day, earned: earnedOn(commission, service, base) })),
        { signedUpMs: windowStart.getTime(), nowMs: now.getTime() },
      );
      const forecast = forecastPair({ nowMs: now.getTime(), windowEndMs: windowEnd.getTime(), earned, weeks });
      if (forecast === null) continue;
      await tx
        .insert(referralForecasts)
        .values({ lane, referralId, referrerId, week, madeAt: now, windowEnd, earned, ...forecast })
        .onConflictDoNothing();
      made += 1;
    }
    return { made, next: rows.length === PAIRS_AT_ONCE ? rows.at(-1)?.id : undefined };
  });
}

export function commissionOf(book: TermsBook, termsId: number): Commission {
  const terms = book.get(termsId);
  if (!("commission" in terms)) throw new Error(`${terms.program} pays no commission, yet a referral is pinned to it`);
  return terms.commission;
}
