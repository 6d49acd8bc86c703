import "server-only";
import { and, eq } from "drizzle-orm";
import { connection } from "next/server";
import { db, rawOf } from "@/db/client";
import { referrals } from "@/db/schema/programs";
import { type Accrual, sumAccruals } from "@/lib/money/accrual";
import { accrualText } from "@/lib/money/format";
import type { Service } from "@/lib/programs/account";
import { forecastPair, lastWeeks, weeksSeen } from "@/lib/programs/forecast";
import { earnedOn } from "@/lib/programs/pair-earned";
import { pairDays } from "@/lib/services/referrals/pair-days";
import type { AccountKey } from "./account-key";
import { pinnedTerms } from "./pinned-terms";
import type { ForecastView } from "./referral-forecasts";

/** What a pair earned in one calendar month of UTC. Exact decimal dollars. */
export interface EarnedMonth {
  /** "2026-11" */
  month: string;
  byService: { service: Service; amount: string }[];
  total: string;
}

export interface PairHistory {
  /** Newest first; months in which nothing was earned are left out. */
  months: EarnedMonth[];
  /** As it would be made now; null where there is nothing to go by, or no end. */
  forecast: ForecastView | null;
  /** Whole weeks the forecast goes by. */
  weeks: number;
}

/** What one pair of a referrer's earned, month by month; null when it is not theirs. Reads the pair's usage. */
export async function pairHistory(account: AccountKey, id: string): Promise<PairHistory | null> {
  await connection();
  const now = new Date();
  const [pair] = await db()
    .select()
    .from(referrals)
    .where(and(eq(referrals.referrerId, account.id), eq(referrals.id, id)));
  if (!pair) return null;
  const terms = (await pinnedTerms([pair.termsId]))(pair.termsId);
  if (!("commission" in terms)) throw new Error(`${terms.program} pays no commission, yet a referral is pinned to it`);
  const { commission } = terms;
  if (pair.voidReason !== null || pair.hold === "refused") return { months: [], forecast: null, weeks: 0 };
  const days = await db().transaction((tx) => pairDays(rawOf(tx), { ...pair, provenance: commission.provenance }), {
    accessMode: "read only",
  });
  const earned = days.map(({ day, service, base }) => ({ day, service, earned: earnedOn(commission, service, base) }));
  const { windowStart, windowEnd } = pair;
  const past = { signedUpMs: windowStart.getTime(), nowMs: now.getTime() };
  const forecast =
    windowEnd &&
    forecastPair({
      nowMs: past.nowMs,
      windowEndMs: windowEnd.getTime(),
      earned: sumAccruals(earned.map((each) => each.earned)),
      weeks: lastWeeks(earned, past),
    });
  return {
    months: monthsOf(earned),
    weeks: weeksSeen(past.signedUpMs, past.nowMs),
    forecast: forecast && {
      madeAt: now.toISOString(),
      low: accrualText(forecast.low),
      middle: accrualText(forecast.middle),
      high: accrualText(forecast.high),
    },
  };
}

function monthsOf(days: readonly { day: string; service: Service; earned: Accrual }[]): EarnedMonth[] {
  const months = new Map<string, Map<Service, Accrual[]>>();
  for (const { day, service, earned } of days) {
    if (earned === 0n) continue;
    const month = months.get(day.slice(0, 7)) ?? new Map<Service, Accrual[]>();
    months.set(day.slice(0, 7), month.set(service, [...(month.get(service) ?? []), earned]));
  }
  return [...months]
    .sort(([a], [b]) => (a < b ? 1 : -1))
    .map(([month, byService]) => ({
      month,
      byService: [...byService].map(([service, parts]) => ({ service, amount: accrualText(sumAccruals(parts)) })),
      total: accrualText(sumAccruals([...byService.values()].flat())),
    }));
}
