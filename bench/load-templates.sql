-- The runtime that opened the gates of the templates in the temporary table `opened`: one free day by their creator.
insert into event_keys (lane, source, id, digest) select key_lane, 'history', template, 0 from opened;
insert into usage_events (lane, account_id, seq, source, id, posted_at, ended_at, service, quantity_milli, duration_ms,
                          template, price_given, charge, promo, earned, market, paid)
  select w.lane, w.account_id, w.seq + row_number() over (partition by w.account_id), 'history', t.external_id, now(),
         date_trunc('day', now(), 'UTC'), 'pod', 1000, 86400000, t.external_id, 1, 0, 0, 0, 0, 0
    from opened o
    join templates t on t.external_id = o.template
    join wallets w on w.lane = t.creator_lane and w.account_id = t.creator_id;
update wallets w set seq = e.last
  from (select lane, account_id, max(seq) as last, count(*) as events from usage_events where template is not null
         group by lane, account_id) e
 where e.lane = w.lane and e.account_id = w.account_id;
update wallets d set day_events = d.day_events + e.events
  from (select lane, account_id, count(*) as events from usage_events where template is not null
         group by lane, account_id) e
 where e.lane = d.lane and e.account_id = d.account_id;
insert into template_totals (lane, template, runtime_ms, users)
  select creator_lane, external_id, 86400000, 0 from templates where gate_met_at is not null;
insert into template_days (lane, template, day, runtime_ms)
  select creator_lane, external_id, (now() at time zone 'UTC')::date, 86400000
    from templates where gate_met_at is not null;
