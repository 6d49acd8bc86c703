/**
 * The covered part of every event, by PROGRAMS.md §4: an account's draws from *paid*, end to end in posting order;
 * what is owed is the end of that line.
 */
export const line = `
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
export const templated = `
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
