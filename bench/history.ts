import postgres, { type Sql, type TransactionSql } from "postgres";
import { partitionUsage } from "@/lib/ledger/months/partition";
import { loadPopulation } from "./load";
import type { Population } from "./population";

/** How far back history reaches. */
export const HISTORY_DAYS = 390;
/** What each event of it costs: so little that no account of the population reaches its bonus by it. */
const CHARGE_NANOS = 5;
const ROWS_AT_ONCE = 500_000;

export interface HistoryOptions {
  population: Population;
  /** Events of history in all; each account has the same share. */
  events: number;
  /** Whether usage events are kept by month. */
  byMonth: boolean;
}

/**
 * Writes a population into a migrated, empty database as if it had joined 390 days ago, and events behind each of its
 * accounts since: every number has the posting it comes from, so that the books verify. Set-based and past the
 * triggers, for setting up only.
 */
export async function loadHistory(url: string, { population, events, byMonth }: HistoryOptions): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await sql.unsafe(`
      create schema past;
      create function past.now() returns timestamptz language sql immutable return '${began().toISOString()}'::timestamptz;
      alter database ${new URL(url).pathname.slice(1)} set search_path = past, public, pg_catalog`);
    if (byMonth) await partitionUsage(sql, began());
    await loadPopulation(url, population);
    await sql.unsafe(`alter database ${new URL(url).pathname.slice(1)} reset search_path`);
    const each = Math.floor(events / population.members.length);
    if (each > 0) await growTo(sql, each);
    await sql.unsafe("vacuum analyze");
  } finally {
    await sql.end();
  }
}

/** Midnight, UTC, so many days ago. */
const began = (): Date => new Date(Math.floor(Date.now() / 86_400_000 - HISTORY_DAYS) * 86_400_000);

async function growTo(sql: Sql, each: number): Promise<void> {
  const from = began().toISOString();
  const stepSeconds = Math.floor((HISTORY_DAYS * 86_400) / (each + 1));
  await sql.begin(async (raw) => {
    await raw`set local session_replication_role = replica`;
    await raw.unsafe(`
      create temporary table member on commit drop as
      select w.lane, w.account_id, w.seq + 1 as base, row_number() over (order by w.account_id) as no,
             (select external_id from accounts a where a.lane = w.lane and a.id = w.account_id) as name,
             r.referrer_lane, r.referrer_id, (t.parameters #>> '{commission,rates,serverless}')::bigint as rate,
             case when r.referred_id is null then 0
                  else least(${each}, greatest(0, ceil(extract(epoch from r.window_end - '${from}'::timestamptz)
                                                       / ${stepSeconds}) - 1)) end::bigint as earning
        from wallets w
        left join referrals r on r.lane = w.lane and r.referred_id = w.account_id
        left join terms t on t.id = r.terms_id;
      analyze member`);
    const [row] = await raw<{ members: string }[]>`select count(*) as members from member`;
    const perStatement = Math.max(1, Math.floor(ROWS_AT_ONCE / Number(row?.members)));
    for (let first = 1; first <= each; first += perStatement) {
      await insertEvents(raw, { from, stepSeconds, first, last: Math.min(each, first + perStatement - 1) });
    }
    await balance(raw, { from, stepSeconds, each });
  });
}

interface Stretch {
  from: string;
  stepSeconds: number;
  first: number;
  last: number;
}

/** In the order they would have come: all accounts' first, then their second. */
async function insertEvents(raw: TransactionSql, { from, stepSeconds, first, last }: Stretch): Promise<void> {
  await raw.unsafe(`
    create temporary table coming on commit drop as
    select m.lane, m.account_id, m.base + k as seq, 'gpu-fleet/eu-' || k % 4 as source,
           '01J0' || lpad(to_hex(k), 8, '0') || lpad(to_hex(m.no), 14, '0') as id,
           '${from}'::timestamptz + k * interval '${stepSeconds} seconds' as at, k, m.no
      from generate_series(${first}, ${last}) k cross join member m order by k, m.no;
    insert into usage_events (lane, account_id, seq, source, id, posted_at, ended_at, service, sku, quantity_milli,
                              duration_ms, resource, price_given, charge, promo, earned, market, paid)
    select lane, account_id, seq, source, id, at, at, 'serverless', 'serverless-' || (500 + 250 * (k % 2)), 1000, 600000,
           'endpoint_' || (no + k / 97) % 23, 0, ${CHARGE_NANOS}, 0, 0, 0, ${CHARGE_NANOS}
      from coming;
    insert into event_keys (lane, source, id, digest) select (no + k) % 64, source, id, 0 from coming;
    drop table coming`);
}

/** What the events behind it are to an account: money that came for them, spend, days, commission, marks. */
async function balance(
  raw: TransactionSql,
  { from, stepSeconds, each }: { from: string; stepSeconds: number; each: number },
): Promise<void> {
  const sum = each * CHARGE_NANOS;
  await raw.unsafe(`
    insert into postings (lane, account_id, seq, kind, cause, digest, amount, at, explains)
      select lane, account_id, base, 'deposit', 'deposit:history-' || name, 'bench', ${sum}, '${from}', '{}' from member;
    insert into transfers (lane, account_id, seq, no, debit, credit, amount)
      select lane, account_id, base, 1, 'cash', 'paid', ${sum} from member;
    insert into deposits (reference, lane, account_id, seq, amount, method, occurred_at, recorded_at)
      select 'history-' || name, lane, account_id, base, ${sum}, 'invoice', '${from}', '${from}' from member;
    update balances b set balance = b.balance + ${sum} from member m
     where b.lane = m.lane and b.account_id = m.account_id and b.code = 'cash';
    insert into accrual_outbox (lane, beneficiary_lane, beneficiary_id, program, template, accrual)
      select lane, referrer_lane, referrer_id, 'referral', '', earning * ${CHARGE_NANOS} * rate
        from member where earning > 0;
    create temporary table day on commit drop as
      select (('${from}'::timestamptz + k * interval '${stepSeconds} seconds') at time zone 'UTC')::date as day,
             count(*) as events, row_number() over (order by 1 desc) as no
        from generate_series(1, ${each}) k group by 1;
    insert into usage_days as d (lane, account_id, day, events, charged_serverless)
      select m.lane, m.account_id, day.day, day.events, day.events * ${CHARGE_NANOS}
        from member m cross join (select day, events, max(day) over () as last from day) day where day.day < day.last
    on conflict (lane, account_id, day) do update
       set events = d.events + excluded.events, charged_serverless = d.charged_serverless + excluded.charged_serverless;
    insert into usage_days as d (lane, account_id, day, events, charged_pod, charged_serverless, charged_storage)
      select w.lane, w.account_id, w.open_day, w.day_events, w.day_pod, w.day_serverless, w.day_storage
        from wallets w where w.open_day is not null
    on conflict (lane, account_id, day) do update
       set events = d.events + excluded.events, charged_pod = d.charged_pod + excluded.charged_pod;
    update wallets w
       set seq = m.base + ${each}, deposited = deposited + ${sum},
           charged_serverless = charged_serverless + ${sum}, spent_serverless = spent_serverless + ${sum},
           base_serverless = base_serverless + m.earning * ${CHARGE_NANOS}, touched_at = now(),
           open_day = last.day, day_events = last.events, day_pod = 0, day_serverless = last.events * ${CHARGE_NANOS},
           day_storage = 0
      from member m, (select day, events from day order by day desc limit 1) last
     where w.lane = m.lane and w.account_id = m.account_id;
    insert into balance_marks (lane, account_id, seq, through, balances)
      select w.lane, w.account_id, at.seq, '${from}'::timestamptz + (at.seq - m.base) * interval '${stepSeconds} seconds',
             jsonb_build_object('promo', w.promo::text, 'promo.held', w.promo_held::text, 'earned', w.earned::text,
               'market', w.market::text, 'paid', (w.paid_net + (w.seq - at.seq) * ${CHARGE_NANOS})::text,
               'debt', w.debt::text, 'revenue.pod', w.charged_pod::text,
               'revenue.serverless', (w.charged_serverless - (w.seq - at.seq) * ${CHARGE_NANOS})::text,
               'revenue.storage', w.charged_storage::text)
             || coalesce((select jsonb_object_agg(o.code, o.balance::text) from balances o
                           where o.lane = w.lane and o.account_id = w.account_id), '{}')
        from wallets w join member m on m.lane = w.lane and m.account_id = w.account_id
       cross join lateral (select generate_series(1024, w.seq, 1024) as seq) at
       where at.seq >= m.base`);
}
