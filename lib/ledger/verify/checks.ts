import { debitNormal } from "@/lib/ledger/chart";

/** Each check rebuilds one kind of number from postings and events alone, and lists every row that differs. */
export interface Check {
  name: string;
  /** Answers rows (what, expected, found), one for each difference. */
  sql: string;
}

/**
 * The covered part of every event, by PROGRAMS.md §4: an account's draws from *paid*, end to end in posting order;
 * what is owed is the end of that line.
 */
const line = `
  line as (
    select e.lane, e.account_id, e.seq, e.service, e.template, e.ended_at, e.posted_at, e.duration_ms, e.charge,
           e.paid,
           e.paid - least(e.paid, greatest(0, -w.paid_net
             - (sum(e.paid) over (partition by e.lane, e.account_id order by e.seq desc) - e.paid))) as covered
      from usage_events e join wallets w on w.lane = e.lane and w.account_id = e.account_id
     where e.voids_seq is null
       and not exists (select from usage_events v where v.lane = e.lane and v.account_id = e.account_id
                          and v.voids_seq = e.seq))`;

/**
 * The template an event counts for, and the spend it brings: what money covers, or, where the terms ask for no money, the
 * charge. Registered at most the terms' claim days after it was posted, and claimed; and
 * whether its creator, or somebody confirmed to be the same person by then, used it.
 */
const templated = `
  together as (
    select x.account_id, y.account_id as other_id, min(greatest(x.joined_at, y.joined_at)) as since
      from cluster_joins x join cluster_joins y on y.cluster_id = x.cluster_id group by 1, 2),
  templated as (
    select l.*, t.creator_lane, t.creator_id, (terms.parameters -> 'royalty' ->> 'rate')::bigint as rate,
           case terms.parameters -> 'royalty' ->> 'provenance' when 'any' then l.charge else l.covered end as spend,
           l.account_id = t.creator_id or coalesce(l.ended_at >= g.since, false) as own
      from line l
      join templates t on t.external_id = l.template
      join terms on terms.id = t.terms_id
      left join together g on g.account_id = l.account_id and g.other_id = t.creator_id
     where l.service = 'pod'
       and l.posted_at >= t.registered_at - make_interval(days => (terms.parameters ->> 'claimDays')::int)
       and not exists (select from unclaimed_usage u where u.template = l.template and u.lane = l.lane
                          and u.account_id = l.account_id and u.seq = l.seq))`;

const walletColumns = [
  ["promo", "promo"],
  ["promo.held", "promo_held"],
  ["earned", "earned"],
  ["market", "market"],
  ["paid", "paid_net"],
  ["debt", "debt"],
  ["revenue.pod", "charged_pod"],
  ["revenue.serverless", "charged_serverless"],
  ["revenue.storage", "charged_storage"],
] as const;

/** A balance as the nature of its account reads it: assets and expenses grow by debits. */
const signed = `case when (code in (${debitNormal.map((code) => `'${code}'`).join(", ")})) = (direction = 'debit')
                     then amount else -amount end`;

export const checks: readonly Check[] = [
  {
    name: "every posting is the sum of its transfers",
    sql: `select 'posting ' || p.account_id || '.' || p.seq as what, p.amount as expected, coalesce(sum(t.amount), 0) as found
            from postings p left join transfers t using (lane, account_id, seq)
           group by p.lane, p.account_id, p.seq having p.amount <> coalesce(sum(t.amount), 0)`,
  },
  {
    name: "every event is the sum of its parts",
    sql: `select 'event ' || source || '/' || id as what, charge as expected, promo + earned + market + paid as found
            from usage_events where charge <> promo + earned + market + paid`,
  },
  {
    name: "every account's books balance",
    sql: `select 'account ' || account_id as what, 0 as expected,
                 sum(case direction when 'debit' then amount else -amount end) as found
            from ledger_entries group by lane, account_id
          having sum(case direction when 'debit' then amount else -amount end) <> 0`,
  },
  {
    name: "postings are numbered without gaps",
    sql: `select 'wallet ' || w.account_id || ' seq' as what, w.seq as expected, coalesce(n.count, 0) as found
            from wallets w left join (
              select lane, account_id, count(*) as count, max(seq) as last
                from (select lane, account_id, seq from postings union all
                      select lane, account_id, seq from usage_events) numbered group by 1, 2) n using (lane, account_id)
           where w.seq <> coalesce(n.count, 0) or w.seq <> coalesce(n.last, 0)`,
  },
  {
    name: "every wallet balance is the sum of its entries",
    sql: `with sums as (select lane, account_id, code, sum(${signed}) as balance from ledger_entries group by 1, 2, 3)
          ${walletColumns
            .map(
              ([code, column]) =>
                `select 'wallet ' || w.account_id || ' ${column}' as what, coalesce(s.balance, 0) as expected, w.${column} as found
                   from wallets w left join sums s on s.lane = w.lane and s.account_id = w.account_id and s.code = '${code}'
                  where w.${column} <> coalesce(s.balance, 0)`,
            )
            .join(" union all ")}`,
  },
  {
    name: "every other balance is the sum of its entries",
    sql: `with sums as (
            select lane, account_id, code, sum(${signed}) as balance from ledger_entries
             where code not in (${walletColumns.map(([code]) => `'${code}'`).join(", ")}) group by 1, 2, 3)
          select 'balance ' || account_id || ' ' || code as what, coalesce(s.balance, 0) as expected,
                 coalesce(b.balance, 0) as found
            from sums s full join balances b using (lane, account_id, code)
           where coalesce(s.balance, 0) <> coalesce(b.balance, 0)`,
  },
  {
    name: "every mark is the sum of the entries up to it",
    sql: `with spans as (
            select m.*, coalesce(lag(seq) over before, 0) as after_seq, lag(balances) over before as base,
                   lag(through) over before as base_through
              from balance_marks m window before as (partition by lane, account_id order by seq)),
          moved as (
            select s.lane, s.account_id, s.seq, code, sum(${signed}) as net, max(e.at) as latest
              from spans s join ledger_entries e
                on e.lane = s.lane and e.account_id = s.account_id and e.seq > s.after_seq and e.seq <= s.seq
             group by 1, 2, 3, 4)
          select 'mark ' || s.account_id || '.' || s.seq || ' ' || c.code as what,
                 (coalesce((s.base ->> c.code)::numeric, 0) + coalesce(m.net, 0))::text as expected,
                 coalesce(s.balances ->> c.code, '0') as found
            from spans s
           cross join lateral (select jsonb_object_keys(s.balances) union
                               select code from moved n where (n.lane, n.account_id, n.seq) = (s.lane, s.account_id, s.seq)
                              ) c (code)
            left join moved m on m.lane = s.lane and m.account_id = s.account_id and m.seq = s.seq and m.code = c.code
           where coalesce((s.base ->> c.code)::numeric, 0) + coalesce(m.net, 0) <> coalesce(s.balances ->> c.code, '0')::numeric
          union all
          select 'mark ' || s.account_id || '.' || s.seq || ' through', greatest(s.base_through, max(m.latest))::text,
                 s.through::text
            from spans s join moved m using (lane, account_id, seq)
           group by s.lane, s.account_id, s.seq, s.base_through, s.through
          having s.through <> greatest(s.base_through, max(m.latest))`,
  },
  {
    name: "money received is what the books say",
    sql: `with sums as (select t.lane, t.account_id, sum(t.amount) as amount
                          from transfers t join postings p using (lane, account_id, seq)
                         where p.kind in ('deposit', 'opening') and t.credit = 'paid' group by 1, 2)
          select 'wallet ' || w.account_id || ' deposited' as what, coalesce(s.amount, 0) as expected, w.deposited as found
            from wallets w left join sums s using (lane, account_id) where w.deposited <> coalesce(s.amount, 0)
          union all
          select 'deposit ' || d.reference, p.amount, d.amount
            from deposits d left join postings p on p.lane = d.lane and p.cause = 'deposit:' || d.reference
           where p.amount is distinct from d.amount`,
  },
  {
    name: "paid spend is the covered part of the line",
    sql: `with ${line}, sums as (
            select l.lane, l.account_id,
                   sum(covered) filter (where service = 'pod') as spent_pod,
                   sum(covered) filter (where service = 'serverless') as spent_serverless,
                   sum(covered) filter (where service = 'storage') as spent_storage,
                   sum(base) filter (where service = 'pod' and earns) as base_pod,
                   sum(base) filter (where service = 'serverless' and earns) as base_serverless,
                   sum(base) filter (where service = 'storage' and earns) as base_storage
              from line l left join referrals r on r.lane = l.lane and r.referred_id = l.account_id
              left join terms t on t.id = r.terms_id
              cross join lateral (select case t.parameters -> 'commission' ->> 'provenance' when 'any' then l.charge
                                         else l.covered end as base) b
              cross join lateral (select r.id is not null and r.void_reason is null
                                     and (r.window_end is null or l.ended_at < r.window_end) as earns) w
             group by 1, 2)
          ${["spent_pod", "spent_serverless", "spent_storage", "base_pod", "base_serverless", "base_storage"]
            .map(
              (column) =>
                `select 'wallet ' || w.account_id || ' ${column}' as what, coalesce(s.${column}, 0) as expected, w.${column} as found
                   from wallets w left join sums s using (lane, account_id) where w.${column} <> coalesce(s.${column}, 0)`,
            )
            .join(" union all ")}`,
  },
  {
    name: "every day's charges are the sum of its events",
    sql: `with sums as (
            select lane, account_id, (ended_at at time zone 'UTC')::date as day,
                   coalesce(sum(charge) filter (where service = 'pod'), 0) as charged_pod,
                   coalesce(sum(charge) filter (where service = 'serverless'), 0) as charged_serverless,
                   coalesce(sum(charge) filter (where service = 'storage'), 0) as charged_storage,
                   count(*) filter (where voids_seq is null) - count(*) filter (where voids_seq is not null) as events
              from usage_events group by 1, 2, 3)
          select 'day ' || coalesce(d.day, s.day) || ' of ' || coalesce(d.account_id, s.account_id) as what,
                 concat_ws(' ', s.events, s.charged_pod, s.charged_serverless, s.charged_storage) as expected,
                 concat_ws(' ', d.events, d.charged_pod, d.charged_serverless, d.charged_storage) as found
            from account_days d full join sums s using (lane, account_id, day)
           where (d.events, d.charged_pod, d.charged_serverless, d.charged_storage)
                 is distinct from (s.events::int, s.charged_pod, s.charged_serverless, s.charged_storage)`,
  },
  {
    name: "every template's totals are the sum of its events",
    sql: `with ${line}, ${templated}, sums as (
            select template, (ended_at at time zone 'UTC')::date as day, sum(duration_ms) as runtime_ms,
                   coalesce(sum(spend) filter (where not own), 0) as spend
              from templated group by 1, 2),
          totals as (select template, sum(runtime_ms) as runtime_ms, sum(spend) as spend from sums group by 1),
          days as (select template, day, sum(runtime_ms) as runtime_ms, sum(spend) as spend
                     from template_gathered_days group by 1, 2)
          select 'template ' || template as what, concat_ws(' ', s.runtime_ms, s.spend) as expected,
                 concat_ws(' ', t.runtime_ms, t.spend) as found
            from template_gathered t full join totals s using (template)
           where (coalesce(t.runtime_ms, 0), coalesce(t.spend, 0)) <> (coalesce(s.runtime_ms, 0), coalesce(s.spend, 0))
          union all
          select 'template ' || template || ' day ' || day, concat_ws(' ', s.runtime_ms, s.spend),
                 concat_ws(' ', t.runtime_ms, t.spend)
            from days t full join sums s using (template, day)
           where (coalesce(t.runtime_ms, 0), coalesce(t.spend, 0)) <> (coalesce(s.runtime_ms, 0), coalesce(s.spend, 0))
          union all
          select 'users of template ' || t.template, count(u.account_id)::text, t.users::text
            from template_totals t left join template_users u using (lane, template)
           group by t.lane, t.template, t.users having t.users <> count(u.account_id)`,
  },
  {
    name: "every accrual is its base times its rate",
    sql: `with ${line}, ${templated}, owed as (
            select r.referrer_id as account_id, r.program, '' as template,
                   sum(w.base_pod::numeric * (t.parameters -> 'commission' -> 'rates' ->> 'pod')::int
                     + w.base_serverless::numeric * (t.parameters -> 'commission' -> 'rates' ->> 'serverless')::int
                     + w.base_storage::numeric * (t.parameters -> 'commission' -> 'rates' ->> 'storage')::int) as accrual
              from referrals r
              join wallets w on w.lane = r.lane and w.account_id = r.referred_id
              join terms t on t.id = r.terms_id
             where r.void_reason is null and r.hold is distinct from 'refused' group by 1, 2
             union all
            select creator_id, 'template-beta', template, sum(spend::numeric * rate) from templated
             where not own group by 1, 2, 3),
          kept as (
            select account_id, program, case program when 'template-beta' then template else '' end as template,
                   sum(accrual) as accrual from (
              select account_id, program, template, accrued as accrual from earnings union all
              select beneficiary_id, program, template, accrual from accrual_outbox) both_places group by 1, 2, 3)
          select 'accrual of ' || account_id || ' ' || program || ' ' || template as what,
                 coalesce(o.accrual, 0) as expected, coalesce(k.accrual, 0) as found
            from owed o full join kept k using (account_id, program, template)
           where coalesce(o.accrual, 0) <> coalesce(k.accrual, 0)`,
  },
  {
    name: "pending and released are the whole nano-dollars accrued",
    sql: `with parts as (
            select e.*, div(e.accrued, 10000) as whole, e.template like 'version:%' as is_version,
                   case when e.program = 'template-beta' then null
                        when e.template like 'version:%' then substr(e.template, 9)::int else r.terms_id end as terms_id
              from earnings e left join referrals r on r.referrer_id = e.account_id and r.id::text = e.template),
          limited as (
            select p.*, (t.parameters -> 'caps' ->> 'commissionMax')::numeric * 1000000000 as most,
                   coalesce(sum(p.whole) over (partition by p.account_id, p.program, p.terms_id
                     order by p.is_version desc, p.template collate "C"
                     rows between unbounded preceding and 1 preceding), 0) as ahead
              from parts p left join terms t on t.id = p.terms_id),
          postable as (
            select *, case when most is null then whole else least(whole, greatest(0, most - ahead)) end as expected
              from limited)
          select 'earnings of ' || account_id || ' ' || program || ' ' || template as what, expected,
                 pending + released as found
            from postable where pending + released <> expected
          union all
          select 'pending of ' || account_id, coalesce(sum(e.pending), 0), coalesce(max(b.balance), 0)
            from earnings e full join (select * from balances where code = 'pending') b using (lane, account_id)
           group by account_id having coalesce(sum(e.pending), 0) <> coalesce(max(b.balance), 0)`,
  },
  {
    name: "every wallet says what its account is pinned to",
    sql: `select 'wallet ' || account_id || ' pins' as what, wallet_pins(lane, account_id) as expected, pins as found
            from wallets where pins is distinct from wallet_pins(lane, account_id)`,
  },
  {
    name: "a reward is posted while it stands and no review is in its way, with its amount",
    sql: `with moves as (
            select p.account_id, split_part(p.cause, ':', 2)::uuid as id,
                   sum(case when p.kind like '%-back' then -p.amount else p.amount end) as net, count(*) as times
              from postings p where p.kind in ('bonus', 'bonus-back', 'milestone', 'milestone-back') group by 1, 2)
          select 'reward ' || coalesce(b.id, m.id) as what,
                 concat_ws(' ', case when b.posted then b.amount else b.expired end, b.times) as expected,
                 concat_ws(' ', coalesce(m.net, 0), coalesce(m.times, 0)) as found
            from rewards b full join moves m using (account_id, id)
           where (case when b.posted then b.amount else b.expired end, b.times) is distinct from (coalesce(m.net, 0), coalesce(m.times, 0)::int)
          union all
          select 'draw ' || d.id, d.amount::text, b.amount::text
            from (select * from draws where state = 'drawn') d full join (select * from rewards where kind = 'bonus') b using (id)
           where d.amount is distinct from b.amount
          union all
          select 'standing of reward ' || b.id, case when b.posted then 'taken back' else 'posted' end,
                 case when b.posted then 'posted' else 'taken back' end
            from rewards b
            join wallets w on w.lane = b.trigger_lane and w.account_id = b.trigger_id
            join enrolments e on e.lane = w.lane and e.account_id = w.account_id
            left join referrals r on r.lane = w.lane and r.referred_id = w.account_id
            join terms t on t.id = case b.kind when 'bonus' then e.terms_id else r.milestone_terms_id end
            cross join lateral (select case coalesce(t.parameters -> 'trigger' ->> 'service',
                                                     t.parameters -> 'trigger' ->> 'kind')
                                  when 'load' then w.spent_pod + w.spent_serverless + w.spent_storage
                                                 + greatest(0, w.paid_net)
                                  when 'pod' then w.spent_pod when 'serverless' then w.spent_serverless
                                  when 'storage' then w.spent_storage
                                  else w.spent_pod + w.spent_serverless + w.spent_storage end
                                  >= (t.parameters -> 'trigger' ->> 'amount')::numeric * 1000000000 as stands) s
           where b.posted <> (s.stands and (r.hold is null or b.posted and not (r.hold = 'refused' and b.held)))
             and b.expired < b.amount
             and not exists (select from standing_outbox o where o.trigger_id = b.trigger_id)`,
  },
  {
    name: "what is reserved is what open work holds",
    sql: `with held as (select lane, account_id, sum(reserved) as reserved from authorizations
                         where state = 'open' group by 1, 2)
          select 'wallet ' || w.account_id || ' reserved' as what, coalesce(h.reserved, 0) as expected, w.reserved as found
            from wallets w left join held h using (lane, account_id) where w.reserved <> coalesce(h.reserved, 0)`,
  },
  {
    name: "what is held are rewards that wait for their release, by their terms",
    sql: `select 'wallet ' || w.account_id || ' promo_held' as what, coalesce(h.amount, 0)::text as expected,
                 w.promo_held::text as found
            from wallets w left join (select lane, account_id, sum(amount) as amount from rewards
                                       where posted and held group by 1, 2) h using (lane, account_id)
           where w.promo_held <> coalesce(h.amount, 0)
          union all
          select 'release of reward ' || b.id, 'once its time is over', 'before'
            from postings p join rewards b on p.cause = 'release:' || b.id and p.lane = b.lane
           where b.held or b.release_at is null or p.at < b.release_at
          union all
          select 'life of reward ' || b.id, concat_ws(' ', l.hold_ms, l.expiry_ms), concat_ws(' ', b.hold_ms, b.expiry_ms)
            from rewards b
            join enrolments e on e.lane = b.trigger_lane and e.account_id = b.trigger_id
            left join referrals r on r.lane = b.trigger_lane and r.referred_id = b.trigger_id
            join terms t on t.id = case when b.kind = 'milestone' then r.milestone_terms_id
                                        when b.account_id = b.trigger_id then e.terms_id else r.terms_id end
            cross join lateral (select (t.parameters -> 'credit' ->> 'holdHours')::bigint * 3600000 as hold_ms,
                                       (t.parameters -> 'credit' ->> 'expiryDays')::bigint * 86400000 as expiry_ms) l
           where (b.hold_ms, b.expiry_ms) is distinct from (l.hold_ms, l.expiry_ms)`,
  },
  {
    name: "what expired was posted, once its time had come",
    sql: `with posted as (
            select lane, account_id, (explains ->> 'lot')::bigint as seq, sum(amount) as amount, count(*) as times,
                   min(at) as first
              from postings where kind = 'expiry' group by 1, 2, 3)
          select 'expiry of credit ' || seq || ' of ' || account_id as what, concat_ws(' ', p.amount, p.times) as expected,
                 concat_ws(' ', x.expired, x.times) as found
            from posted p full join credit_expiries x using (lane, account_id, seq)
           where (coalesce(p.amount, 0), coalesce(p.times, 0)) is distinct from (x.expired::numeric, x.times::bigint)
              or p.first < x.expires_at
          union all
          select 'expired of reward ' || b.id, coalesce(sum(x.expired), 0)::text, b.expired::text
            from rewards b left join credit_expiries x
              on x.lane = b.lane and x.account_id = b.account_id and x.reward_id = b.id
           group by b.id, b.expired having coalesce(sum(x.expired), 0) <> b.expired
          union all
          select 'expiry of grant ' || g.reference, g.expires_at::text, x.expires_at::text
            from grants g left join credit_expiries x on x.lane = g.lane and x.account_id = g.account_id and x.seq = g.seq
           where x.expires_at is distinct from g.expires_at
             and exists (select from transfers t where t.lane = g.lane and t.account_id = g.account_id and t.seq = g.seq
                            and t.credit = g.bucket)`,
  },
  {
    name: "no referrer has more bonuses than its terms give",
    sql: `with counted as (
            select d.beneficiary_id, d.terms_id, (t.parameters -> 'caps' ->> 'bonusesMax')::int as most,
                   count(*) filter (where d.state in ('queued', 'bound', 'drawn')) as had
              from draws d join terms t on t.id = d.terms_id where d.kind = 'referral' group by 1, 2, 3)
          select 'bonuses of ' || beneficiary_id || ' under terms ' || terms_id as what,
                 'at most ' || most as expected, had::text as found
            from counted where had > most`,
  },
  {
    name: "what came of referrals is what their accounts, draws and bonuses say",
    sql: `select 'referrals of ' || coalesce(c.referrer_id, g.referrer_id) as what,
                 concat_ws(' ', c.signed_up, c.spending, c.qualified, c.waiting, c.drawn, c.taken_back, c.amount) as expected,
                 concat_ws(' ', g.signed_up, g.spending, g.qualified, g.waiting, g.drawn, g.taken_back, g.amount) as found
            from referrer_counted c full join referrer_gathered g using (lane, referrer_id)
           where (coalesce(c.signed_up, 0), coalesce(c.spending, 0), coalesce(c.qualified, 0), coalesce(c.waiting, 0),
                  coalesce(c.drawn, 0), coalesce(c.taken_back, 0), coalesce(c.amount, 0))
                 <> (coalesce(g.signed_up, 0), coalesce(g.spending, 0), coalesce(g.qualified, 0), coalesce(g.waiting, 0),
                     coalesce(g.drawn, 0), coalesce(g.taken_back, 0), coalesce(g.amount, 0))`,
  },
  {
    name: "every reversal is posted",
    sql: `select 'reversal ' || r.reference as what, r.amount as expected, p.amount as found
            from reversals r left join postings p on p.lane = r.lane and p.cause = 'reversal:' || r.reference
           where p.amount is distinct from r.amount`,
  },
  {
    name: "every deposit and every reversal has its receipt, numbered without gaps",
    sql: `with recorded as (
            select lane, account_id, seq, 'deposit' as kind, reference as deposit_reference, recorded_at from deposits
            union all
            select lane, account_id, seq, reason, deposit_reference, recorded_at from reversals)
          select 'receipt of posting ' || coalesce(d.account_id, r.account_id) || '.' || coalesce(d.seq, r.seq) as what,
                 concat_ws(' ', d.kind, d.deposit_reference, d.recorded_at) as expected,
                 concat_ws(' ', r.kind, r.deposit_reference, r.issued_at) as found
            from recorded d full join receipts r using (lane, account_id, seq)
           where (d.kind, d.deposit_reference, d.recorded_at) is distinct from (r.kind, r.deposit_reference, r.issued_at)
          union all
          select 'receipts of ' || coalesce(y.year, n.year), concat_ws(' ', y.last, y.last), concat_ws(' ', n.count, n.last)
            from receipt_years y
            full join (select year, count(*) as count, max(no) as last from receipts group by year) n using (year)
           where (y.last, y.last) is distinct from (n.count, n.last)`,
  },
  {
    name: "budgets are what draws hold and have spent",
    sql: `select 'budget of ' || s.program as what,
                 concat_ws(' ', coalesce(sum(d.reserved) filter (where d.state = 'bound'), 0), coalesce(sum(d.amount), 0)) as expected,
                 concat_ws(' ', s.reserved, s.spent) as found
            from program_settings s left join draws d using (program) group by s.program, s.reserved, s.spent
          having coalesce(sum(d.reserved) filter (where d.state = 'bound'), 0) <> s.reserved
              or coalesce(sum(d.amount), 0) <> s.spent`,
  },
  {
    name: "every event and every quarantined event holds its key",
    sql: `with kept as (select source, id from usage_events union all select source, id from quarantine
                        union all select void_source, void_id from waiting_voids)
          select 'key ' || coalesce(e.source, k.source) || '/' || coalesce(e.id, k.id) as what, count(e.source) as expected,
                 count(k.source) as found
            from kept e full join event_keys k on k.source = e.source and k.id = e.id
           group by e.source, k.source, e.id, k.id having count(e.source) <> 1 or count(k.source) <> 1`,
  },
];
