import type { Check } from "./check";
import { line, templated } from "./line-sql";

/** What programs accrue, and what of it is posted. */
export const earningChecks: readonly Check[] = [
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
];
