import type { Sql, TransactionSql } from "postgres";
import { attachedMonths, type Month } from "./partitions";
import { showPutAway } from "./views";

/** Usage may be dated so far back; what was posted longer ago has hardly a claim on it any more. */
const KEPT_DAYS_MIN = 400;
const DAY_MS = 86_400_000;

/**
 * Detaches the oldest month of usage events into the schema `put_away`, whole. What later bookkeeping needs of it stays:
 * every balance at its end, and what its events drew between other postings. The gathering keeps nobody waiting; only
 * the moment of detaching does. As the database's owner.
 * @returns how many events it holds.
 * @throws Error that says why it may not be: younger than 400 days, not the oldest, or somebody still owes for it.
 */
export async function putAway(sql: Sql, month: string, now: Date): Promise<number> {
  const found = await oldestOrThrow(sql, month, now);
  return sql.begin(async (raw) => {
    await raw`set local lock_timeout = '5s'`;
    const started = new Date();
    await refuseOwed(raw, found);
    await markBalances(raw, found);
    const events = await gatherStretches(raw, found);
    await raw`lock table usage_events in access exclusive mode`;
    await refuseVoidedMeanwhile(raw, found, started);
    await raw.unsafe(`
      alter table usage_events detach partition months.${found.table};
      alter table months.${found.table} set schema put_away;
      create trigger usage_events_append_only before update or delete on put_away.${found.table}
        for each row execute function refuse_change()`);
    await raw`insert into months_put_away (month, until, events, put_away_at)
              values (${month}, ${found.until.toISOString()}, ${events}, ${now.toISOString()})`;
    await showPutAway(raw);
    return events;
  });
}

async function oldestOrThrow(sql: Sql, month: string, now: Date): Promise<Month> {
  const months = await attachedMonths(sql);
  const [oldest] = months;
  if (!oldest) throw new Error("Usage events stand in one table: npm run months -- partition parts them by month.");
  if (oldest.month !== month) {
    const known = months.some((each) => each.month === month);
    throw new Error(`${known ? "Only the oldest can be put away" : "There is no such month"}: ${oldest.month}.`);
  }
  const from = new Date(oldest.until.getTime() + KEPT_DAYS_MIN * DAY_MS);
  if (now < from) {
    const day = from.toISOString().slice(0, 10);
    throw new Error(`Usage of ${month} may still be corrected by the platform; it can be put away from ${day} on.`);
  }
  return oldest;
}

/** Money that comes would settle events of the month, and what rests on them would have to change. */
async function refuseOwed(raw: TransactionSql, { month, until }: Month): Promise<void> {
  const owing = await raw<{ name: string }[]>`
    select a.external_id as name
      from wallets w join accounts a on a.lane = w.lane and a.id = w.account_id
     where w.paid_net < 0
       and -w.paid_net > (
         select coalesce(sum(e.paid), 0) from usage_events e
          where e.lane = w.lane and e.account_id = w.account_id and e.posted_at >= ${until.toISOString()}
            and e.voids_seq is null
            and not exists (select from usage_events v
                             where v.lane = e.lane and v.account_id = e.account_id and v.voids_seq = e.seq))
       and exists (select from usage_events e
                    where e.lane = w.lane and e.account_id = w.account_id and e.posted_at < ${until.toISOString()})
     order by 1 limit 3`;
  if (owing.length === 0) return;
  const names = owing.map(({ name }) => name).join(", ");
  throw new Error(
    `${month} holds usage that is not paid for yet, of ${names}: settle it first, by a deposit or a grant.`,
  );
}

/** What every account of the chart held after the account's last event of the month: books go on from there. */
async function markBalances(raw: TransactionSql, { table }: Month): Promise<void> {
  await raw.unsafe(`
    insert into balance_marks (lane, account_id, seq, through, balances)
    select l.lane, l.account_id, l.seq, greatest(m.through, e.latest, p.latest), b.balances
      from (select lane, account_id, max(seq) as seq from months.${table} group by 1, 2) l
      left join lateral (select seq, through, balances from balance_marks
                          where lane = l.lane and account_id = l.account_id and seq <= l.seq
                          order by seq desc limit 1) m on true
     cross join lateral (select max(posted_at) as latest from usage_events where lane = l.lane
                            and account_id = l.account_id and seq > coalesce(m.seq, 0) and seq <= l.seq) e
     cross join lateral (select max(at) as latest from postings where lane = l.lane
                            and account_id = l.account_id and seq > coalesce(m.seq, 0) and seq <= l.seq) p
     cross join lateral (
       select jsonb_object_agg(code, amount::text) as balances
         from (select code, sum(amount) as amount
                 from (select key as code, value::numeric as amount
                         from jsonb_each_text(coalesce(m.balances, '{}'))
                       union all
                       select code, case when (code in ('cash', 'debt') or code like 'expense.%') = (direction = 'debit')
                                         then amount else -amount end
                         from ledger_entries where lane = l.lane and account_id = l.account_id
                          and seq > coalesce(m.seq, 0) and seq <= l.seq) moved
                group by code) summed) b
     where b.balances is not null
    on conflict do nothing`);
}

/** What replaying an account's credit needs of the month: its events, one by one only where something stands between. */
async function gatherStretches(raw: TransactionSql, { month, table }: Month): Promise<number> {
  await raw.unsafe(
    `insert into usage_put_away (lane, account_id, seq, month, events, promo, earned, market, paid, voids_seq)
     with marks as (
       select p.lane, p.account_id, p.seq from postings p
        where exists (select from months.${table} e where e.lane = p.lane and e.account_id = p.account_id)
       union
       select v.lane, v.account_id, unnest(array[v.seq, v.seq + 1, v.voids_seq, v.voids_seq + 1])
         from usage_events v where v.voids_seq is not null),
     stretched as (
       select *, count(*) filter (where not is_event)
                   over (partition by lane, account_id order by seq, is_event) as stretch
         from (select lane, account_id, seq, promo, earned, market, paid, voids_seq, true as is_event
                 from months.${table}
               union all
               select lane, account_id, seq, 0, 0, 0, 0, null, false from marks) both_kinds)
     select lane, account_id, max(seq), $1, count(*), sum(promo), sum(earned), sum(market), sum(paid), max(voids_seq)
       from stretched where is_event group by lane, account_id, stretch`,
    [month],
  );
  const [row] = await raw<{ events: string }[]>`
    select coalesce(sum(events), 0) as events from usage_put_away where month = ${month}`;
  return Number(row?.events ?? 0);
}

/** A void of an event of the month, while it was gathered, would be in none of the stretches. */
async function refuseVoidedMeanwhile(raw: TransactionSql, { table }: Month, started: Date): Promise<void> {
  const voids = await raw.unsafe(
    `select from usage_events v join months.${table} e
         on e.lane = v.lane and e.account_id = v.account_id and e.seq = v.voids_seq
      where v.posted_at >= $1::timestamptz - interval '1 minute'
        and not exists (select from usage_put_away s where s.lane = e.lane and s.account_id = e.account_id
                           and s.seq = e.seq and s.events = 1) limit 1`,
    [started.toISOString()],
  );
  if (voids.length > 0) throw new Error("An event of that month was taken back this very moment: try again.");
}
