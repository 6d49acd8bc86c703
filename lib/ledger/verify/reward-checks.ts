import type { Check } from "./check";

/** Bonuses and milestones: pinned, posted, held, expired, within limits and budgets. */
export const rewardChecks: readonly Check[] = [
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
    name: "budgets are what draws hold and have spent",
    sql: `select 'budget of ' || s.program as what,
                 concat_ws(' ', coalesce(sum(d.reserved) filter (where d.state = 'bound'), 0), coalesce(sum(d.amount), 0)) as expected,
                 concat_ws(' ', s.reserved, s.spent) as found
            from program_settings s left join draws d using (program) group by s.program, s.reserved, s.spent
          having coalesce(sum(d.reserved) filter (where d.state = 'bound'), 0) <> s.reserved
              or coalesce(sum(d.amount), 0) <> s.spent`,
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
];
