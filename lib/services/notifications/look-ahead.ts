import { rawOf } from "@/db/client";
import { creditMoves } from "@/lib/ledger/credit-moves";
import { openEndings } from "@/lib/ledger/endings";
import { termsBook } from "@/lib/ledger/terms-book";
import type { AccountRef } from "@/lib/ledger/wallet";
import { notifyChanged } from "@/lib/live/notify";
import { amountText } from "@/lib/money/format";
import type { Nanos } from "@/lib/money/nanos";
import { lapsesOf } from "@/lib/programs/lapses";
import { replayLots } from "@/lib/programs/lots";
import type { Context } from "@/lib/services/context";
import { betaGate } from "@/lib/services/referrals/gate";
import { type Notify, notify } from "./notify";

/** How long before something ends it is told. */
export const AHEAD_MS = 7 * 86_400_000;

/**
 * Tells what no posting tells, because it is ahead or comes of many: windows that end and credit that expires within
 * seven days, and a beta gate whose conditions are met. Each once, however often this is run.
 * @returns how many accounts were told something new
 */
export async function lookAhead(ctx: Context): Promise<number> {
  const now = ctx.clock();
  const until = new Date(now.getTime() + AHEAD_MS);
  const news = [
    ...(await windowsEnding(ctx, now, until)),
    ...(await creditExpiring(ctx, now, until)),
    ...(await gatesReady(ctx, now)),
  ];
  const told = new Set<string>();
  for (const each of news) {
    if (await ctx.db.transaction((tx) => notify(tx, each))) told.add(each.account.id);
  }
  notifyChanged(ctx.db, told);
  return told.size;
}

/** One for all of a referrer's windows that end on one day: a campaign's end together. */
async function windowsEnding(ctx: Context, now: Date, until: Date): Promise<Notify[]> {
  const rows = await ctx.db.$client<
    { lane: number; id: string; day: string; ends: string; first: string; count: number }[]
  >`
    select r.referrer_lane as lane, r.referrer_id as id, (r.window_end at time zone 'UTC')::date::text as day,
           (extract(epoch from min(r.window_end)) * 1000)::bigint as ends, min(r.id::text) as first,
           count(*)::int as count
      from referrals r
     where r.window_end > ${now.toISOString()} and r.window_end <= ${until.toISOString()}
       and r.void_reason is null and r.hold is distinct from 'refused'
       and not exists (select from notifications n
                        where n.lane = r.referrer_lane and n.account_id = r.referrer_id
                          and n.cause = 'window:' || (r.window_end at time zone 'UTC')::date)
     group by 1, 2, 3`;
  return rows.map(({ day, ends, first, count, ...account }) => ({
    account,
    kind: "window.ending",
    cause: `window:${day}`,
    at: now,
    facts: { referral: first, endsAt: new Date(Number(ends)).toISOString(), count },
  }));
}

async function creditExpiring(ctx: Context, now: Date, until: Date): Promise<Notify[]> {
  const accounts = await ctx.db.$client<AccountRef[]>`
    select distinct x.lane, x.account_id as id from credit_expiries x
     where x.open and x.expires_at > ${now.toISOString()} and x.expires_at <= ${until.toISOString()}
       and not exists (select from notifications n where n.lane = x.lane and n.account_id = x.account_id
                                                     and n.cause = 'expiry:' || x.seq)`;
  const news: Notify[] = [];
  for (const account of accounts) {
    news.push(...(await ctx.db.transaction((tx) => expiringOf(rawOf(tx), { account, now, until }))));
  }
  return news;
}

interface Expiring {
  account: AccountRef;
  now: Date;
  until: Date;
}

/** What of an account's credit would lapse if nothing more were spent. */
async function expiringOf(raw: ReturnType<typeof rawOf>, { account, now, until }: Expiring): Promise<Notify[]> {
  const endings = await openEndings(raw, account, until);
  const { lots } = replayLots(await creditMoves(raw, account));
  return lapsesOf(lots, endings).flatMap(({ ending, amount }): Notify[] => {
    if (amount <= 0n || ending.expiresAt <= now) return [];
    const { bucket, expiresAt, seq } = ending;
    const facts = { bucket, amount: amountText(amount), expiresAt: expiresAt.toISOString() };
    return [{ account, kind: "credit.expiring", cause: `expiry:${seq}`, at: now, facts }];
  });
}

/** Once for each time it may be used: after a declined application again. */
async function gatesReady(ctx: Context, now: Date): Promise<Notify[]> {
  const waiting = await ctx.db.$client<(AccountRef & { pending: string; round: string; declined: string | null })[]>`
    select e.lane, e.account_id as id, e.pending, count(a.reference) as round,
           (extract(epoch from max(a.decided_at)) * 1000)::bigint as declined
      from earnings e left join applications a on a.lane = e.lane and a.account_id = e.account_id
     where e.program = 'referral-beta' and e.pending > 0
     group by e.lane, e.account_id, e.program, e.template
    having count(*) filter (where a.state in ('submitted', 'accepted')) = 0
       and not exists (select from notifications n where n.lane = e.lane and n.account_id = e.account_id
                                                     and n.cause = 'gate:referral-beta:' || count(a.reference))`;
  const news: Notify[] = [];
  for (const { pending, round, declined, ...account } of waiting) {
    const gate = await ctx.db.transaction((tx) => betaGate(rawOf(tx), termsBook(ctx.db), account));
    if (!gate?.met) continue;
    if (declined !== null && now.getTime() < Number(declined) + Number(gate.reapplyMs)) continue;
    const facts = { pending: amountText(BigInt(pending) as Nanos) };
    news.push({ account, kind: "gate.ready", cause: `gate:referral-beta:${round}`, at: now, facts });
  }
  return news;
}
