-- The naive way, done well: one call, one transaction, one event. The same checks, rules and tables as the ingest
-- path, with the wallet's row locked while they are applied. Reading the CloudEvent and its digest is the client's.
-- What the workload never does is looked for and refused: a reward that moves again, a void that waits for its event.
create function ingest_one(
  key_lane smallint, key_source text, key_id text, key_digest bigint, subject text, ended_ms bigint, sent_sku text,
  sent_service text, sent_duration_ms bigint, sent_quantity_milli bigint, sent_amount bigint, sent_resource text,
  sent_template text
) returns text language plpgsql as $$
declare
  w record;
  price record;
  used record;
  posted timestamptz(3) := now();
  ended timestamptz(3) := to_timestamp(ended_ms / 1000.0);
  event_day date := (to_timestamp(ended_ms / 1000.0) at time zone 'UTC')::date;
  event_service text;
  divisor numeric;
  exact numeric;
  charge bigint;
  known_digest bigint;
  from_promo bigint;
  from_earned bigint;
  from_market bigint;
  from_paid bigint;
  covered bigint;
  in_window boolean;
  rate bigint;
  bonus_trigger bigint;
  milestone_trigger bigint;
  milestone_spent bigint;
  passed boolean;
  reached boolean;
  late boolean;
  turned boolean;
  on_template boolean := false;
  royalty_spend bigint := 0;
begin
  select n.lane, n.account_id, wa.seq, wa.promo, wa.earned, wa.market, wa.paid_net, wa.closed, wa.bonus_reached,
         wa.open_day, wa.day_events, wa.day_pod, wa.day_serverless, wa.day_storage,
         wa.spent_pod + wa.spent_serverless + wa.spent_storage as spent, wa.spent_serverless,
         wa.charged_pod + wa.charged_serverless + wa.charged_storage as charged, a.signed_up_at,
         e.id as enrolment_id, e.program as bonus_program, e.terms_id as bonus_terms_id, e.not_eligible,
         bt.parameters as bonus_parameters, r.id as referral_id, r.referrer_lane, r.referrer_id,
         r.program as referral_program, r.terms_id as referral_terms_id, r.window_end, r.void_reason, r.bonus_eligible,
         rt.parameters as referral_parameters, r.milestone_id, mt.parameters as milestone_parameters,
         b.posted as bonus_posted, m.posted as milestone_posted
    into w
    from account_names n
    join wallets wa on wa.lane = n.lane and wa.account_id = n.account_id
    join accounts a on a.lane = n.lane and a.id = n.account_id
    join enrolments e on e.lane = n.lane and e.account_id = n.account_id
    join terms bt on bt.id = e.terms_id
    left join referrals r on r.lane = n.lane and r.referred_id = n.account_id
    left join terms rt on rt.id = r.terms_id
    left join terms mt on mt.id = r.milestone_terms_id
    left join rewards b on b.lane = n.lane and b.account_id = n.account_id and b.id = e.id
    left join rewards m on m.lane = n.lane and m.account_id = n.account_id and m.id = r.milestone_id
   where n.name = subject
     for update of wa;
  if not found then return 'unknown_subject'; end if;
  if w.closed then return 'account_closed'; end if;
  if ended < posted - interval '400 days' and ended < w.signed_up_at then return 'too_early'; end if;
  if sent_duration_ms > 31622400000 then return 'too_long'; end if;
  if ended > posted + interval '1 hour' then return 'in_future'; end if;

  select p.service, p.unit, p.amount into price
    from prices p where p.sku = sent_sku and p.effective_from <= ended order by p.effective_from desc limit 1;
  if found and sent_service <> price.service then return 'invalid'; end if;
  if sent_amount is not null then
    event_service := coalesce(sent_service, price.service);
    if event_service is null then return 'invalid'; end if;
    exact := sent_amount;
  else
    if price is null then return 'unknown_sku'; end if;
    event_service := price.service;
    divisor := 1000 * case price.unit when 'second' then 1000 when 'hour' then 3600000 else 2592000000 end;
    exact := div(2 * sent_quantity_milli::numeric * sent_duration_ms * price.amount + divisor, 2 * divisor);
  end if;
  if exact > 1000000000000000 then return 'too_large'; end if;
  charge := exact;
  if w.charged + charge > 4000000000000000000 then return 'too_large'; end if;

  insert into event_keys (lane, source, id, digest) values (key_lane, key_source, key_id, key_digest)
    on conflict do nothing;
  if not found then
    select k.digest into known_digest from event_keys k
     where k.lane = key_lane and k.source = key_source and k.id = key_id;
    return case when known_digest = key_digest then 'duplicate' else 'conflict' end;
  end if;

  late := coalesce(event_day < w.open_day, false);
  turned := w.open_day is null or event_day > w.open_day;
  from_promo := least(charge, w.promo);
  from_earned := least(charge - from_promo, w.earned);
  from_market := least(charge - from_promo - from_earned, w.market);
  from_paid := charge - from_promo - from_earned - from_market;
  covered := greatest(0, least(w.paid_net, from_paid));
  in_window := w.referral_id is not null and w.void_reason is null and (w.window_end is null or ended < w.window_end);
  bonus_trigger := case when w.not_eligible is null
                        then (w.bonus_parameters #>> '{trigger,amount}')::numeric * 1000000000 end;
  milestone_trigger := (w.milestone_parameters #>> '{trigger,amount}')::numeric * 1000000000;
  milestone_spent := w.spent_serverless + case event_service when 'serverless' then covered else 0 end;
  reached := not w.bonus_reached and coalesce(w.spent + covered >= bonus_trigger, false);
  passed := coalesce((w.spent >= bonus_trigger) <> (w.spent + covered >= bonus_trigger), false)
         or coalesce((w.spent_serverless >= milestone_trigger) <> (milestone_spent >= milestone_trigger), false);
  if w.bonus_posted <> (w.spent + covered >= bonus_trigger)
     or w.milestone_posted <> (milestone_spent >= milestone_trigger) then
    raise exception 'a reward would be posted or taken back: not in this workload';
  end if;
  if exists (select from waiting_voids v where v.lane = key_lane and v.source = key_source and v.id = key_id) then
    raise exception 'a void waits for event %/%: not in this workload', key_source, key_id;
  end if;

  insert into usage_events (lane, account_id, seq, source, id, posted_at, ended_at, service, sku, quantity_milli,
                            duration_ms, resource, template, price_given, charge, promo, earned, market, paid)
  values (w.lane, w.account_id, w.seq + 1, key_source, key_id, posted, ended, event_service, sent_sku,
          sent_quantity_milli, sent_duration_ms, sent_resource, sent_template,
          case when sent_amount is null then 0 else 1 end, charge, from_promo, from_earned, from_market, from_paid);
  update wallets x
     set seq = x.seq + 1, promo = x.promo - from_promo, earned = x.earned - from_earned,
         market = x.market - from_market, paid_net = x.paid_net - from_paid,
         charged_pod = x.charged_pod + case event_service when 'pod' then charge else 0 end,
         charged_serverless = x.charged_serverless + case event_service when 'serverless' then charge else 0 end,
         charged_storage = x.charged_storage + case event_service when 'storage' then charge else 0 end,
         spent_pod = x.spent_pod + case event_service when 'pod' then covered else 0 end,
         spent_serverless = x.spent_serverless + case event_service when 'serverless' then covered else 0 end,
         spent_storage = x.spent_storage + case event_service when 'storage' then covered else 0 end,
         base_pod = x.base_pod + case when in_window and event_service = 'pod' then covered else 0 end,
         base_serverless = x.base_serverless
           + case when in_window and event_service = 'serverless' then covered else 0 end,
         base_storage = x.base_storage + case when in_window and event_service = 'storage' then covered else 0 end,
         bonus_reached = x.bonus_reached or reached, open_day = greatest(x.open_day, event_day),
         day_events = case when late then x.day_events when turned then 1 else x.day_events + 1 end,
         day_pod = case when turned then 0 else x.day_pod end
           + case when event_service = 'pod' and not late then charge else 0 end,
         day_serverless = case when turned then 0 else x.day_serverless end
           + case when event_service = 'serverless' and not late then charge else 0 end,
         day_storage = case when turned then 0 else x.day_storage end
           + case when event_service = 'storage' and not late then charge else 0 end,
         touched_at = posted
   where x.lane = w.lane and x.account_id = w.account_id;
  if late or (turned and w.open_day is not null) then
    insert into usage_days as d (lane, account_id, day, events, charged_pod, charged_serverless, charged_storage)
    values (w.lane, w.account_id, case when late then event_day else w.open_day end,
            case when late then 1 else w.day_events end,
            case when late then case event_service when 'pod' then charge else 0 end else w.day_pod end,
            case when late then case event_service when 'serverless' then charge else 0 end else w.day_serverless end,
            case when late then case event_service when 'storage' then charge else 0 end else w.day_storage end)
    on conflict (lane, account_id, day) do update
       set events = d.events + excluded.events, charged_pod = d.charged_pod + excluded.charged_pod,
           charged_serverless = d.charged_serverless + excluded.charged_serverless,
           charged_storage = d.charged_storage + excluded.charged_storage;
  end if;

  if in_window then
    rate := (w.referral_parameters #>> array['commission', 'rates', event_service])::bigint;
    if covered * rate > 0 then
      insert into accrual_outbox (lane, beneficiary_lane, beneficiary_id, program, template, accrual)
      values (w.lane, w.referrer_lane, w.referrer_id, w.referral_program, '', covered::numeric * rate);
    end if;
  end if;

  if event_service = 'pod' and sent_template is not null then
    select t.external_id, t.creator_lane, t.creator_id, t.gate_met_at, tt.parameters into used
      from templates t join terms tt on tt.id = t.terms_id where t.external_id = sent_template;
    on_template := found;
    if not on_template then
      perform pg_advisory_xact_lock_shared(hashtextextended('template:' || sent_template, 0));
      select t.external_id, t.creator_lane, t.creator_id, t.gate_met_at, tt.parameters into used
        from templates t join terms tt on tt.id = t.terms_id where t.external_id = sent_template;
      on_template := found;
      if not on_template then
        insert into unclaimed_usage (lane, template, account_id, seq, posted_at)
        values (w.lane, sent_template, w.account_id, w.seq + 1, posted);
      end if;
    end if;
  end if;
  if on_template then
    if used.creator_id <> w.account_id then
      royalty_spend := covered;
    end if;
    insert into accrual_outbox (lane, beneficiary_lane, beneficiary_id, program, template, accrual, day, runtime_ms,
                                spend, users)
    values (w.lane, used.creator_lane, used.creator_id, 'template-beta', sent_template,
            royalty_spend::numeric * (used.parameters #>> '{royalty,rate}')::bigint, event_day, sent_duration_ms,
            royalty_spend, case when used.creator_id <> w.account_id then array[w.account_id] else '{}' end);
  end if;

  if passed and w.referral_id is not null and w.void_reason is null
     and (w.bonus_eligible or w.milestone_id is not null) then
    insert into standing_outbox (lane, trigger_id) values (w.lane, w.account_id);
  end if;
  if reached then
    insert into draws (lane, id, kind, trigger_id, beneficiary_lane, beneficiary_id, program, terms_id, state, due_at)
    values (w.lane, w.enrolment_id, 'new-account', w.account_id, w.lane, w.account_id, w.bonus_program,
            w.bonus_terms_id, 'due', posted);
    if w.bonus_program = 'referral' and w.bonus_eligible and w.void_reason is null then
      insert into draws (lane, id, kind, trigger_id, beneficiary_lane, beneficiary_id, program, terms_id, state, due_at)
      values (w.lane, w.referral_id, 'referral', w.account_id, w.referrer_lane, w.referrer_id, 'referral',
              w.referral_terms_id, 'due', posted);
    end if;
  end if;
  return 'accepted';
end $$;
