import type { Check } from "./check";
import { line, templated } from "./line-sql";

/** What is counted of usage: paid spend, days, templates, and the keys that make each event one. */
export const usageChecks: readonly Check[] = [
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
    name: "every event and every quarantined event holds its key",
    sql: `with kept as (select source, id from usage_events union all select source, id from quarantine
                        union all select void_source, void_id from waiting_voids)
          select 'key ' || coalesce(e.source, k.source) || '/' || coalesce(e.id, k.id) as what, count(e.source) as expected,
                 count(k.source) as found
            from kept e full join event_keys k on k.source = e.source and k.id = e.id
           group by e.source, k.source, e.id, k.id having count(e.source) <> 1 or count(k.source) <> 1`,
  },
];
