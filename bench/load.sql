-- Books of the accounts in the temporary table `member`: a deposit, some usage before, a grant where there is promo.
-- Set-based and past the triggers, for setting up only; every number below still has the posting it comes from.
-- `now` is fixed once so that all tables agree.
insert into accounts (lane, id, external_id, named_by_platform, signed_up_at, created_at, updated_at, referral_code)
  select lane, id, name, true, now() - interval '30 days', now(), now(), replace(name, '-', '') from member;
insert into account_names (name, lane, account_id) select name, lane, id from member;
insert into referral_codes (code, lane, account_id) select replace(name, '-', ''), lane, id from member;
insert into enrolments (lane, account_id, id, program, terms_id, created_at)
  select m.lane, m.id, m.enrolment_id, t.program, t.id, now()
    from member m
    join terms t on t.program = case when m.referral_id is null then 'signup-bonus' else 'referral' end;
insert into referrals (lane, referred_id, id, referrer_lane, referrer_id, program, terms_id, window_start, window_end,
                       bonus_eligible, created_at)
  select m.lane, m.id, m.referral_id, m.referrer_lane, m.referrer_id, t.program, t.id,
         m.window_end - interval '6 months', m.window_end, true, now()
    from member m join terms t on t.program = 'referral' where m.referral_id is not null;

insert into postings (lane, account_id, seq, kind, cause, digest, amount, at, explains)
  select lane, id, 1, 'deposit', 'deposit:' || name, 'bench', paid + spent, now(), '{}' from member;
insert into transfers (lane, account_id, seq, no, debit, credit, amount)
  select lane, id, 1, 1, 'cash', 'paid', paid + spent from member;
insert into deposits (reference, lane, account_id, seq, amount, method, occurred_at, recorded_at)
  select name, lane, id, 1, paid + spent, 'invoice', now(), now() from member;
insert into balances (lane, account_id, code, balance) select lane, id, 'cash', paid + spent from member;
with year as (select extract(year from now() at time zone 'UTC')::smallint as of),
     given as (select coalesce((select max(no) from receipts r, year where r.year = year.of), 0) as last),
     issued as (
       insert into receipts (year, no, lane, account_id, seq, kind, deposit_reference, issued_at)
       select year.of, given.last + row_number() over (order by m.name), m.lane, m.id, 1, 'deposit', m.name, now()
         from member m, year, given
       returning year, no)
insert into receipt_years as y (year, last) select year, max(no) from issued group by year
  on conflict (year) do update set last = excluded.last;

insert into event_keys (lane, source, id, digest) select key_lane, 'history', name, 0 from member;
insert into usage_events (lane, account_id, seq, source, id, posted_at, ended_at, service, quantity_milli, duration_ms,
                          price_given, charge, promo, earned, market, paid)
  select lane, id, 2, 'history', name, now(), date_trunc('day', now(), 'UTC'), 'pod', 1000, 0, 1, spent, 0, 0, 0, spent
    from member;
insert into accrual_outbox (lane, beneficiary_lane, beneficiary_id, program, template, accrual)
  select lane, referrer_lane, referrer_id, 'referral', '', spent * 300
    from member where window_end > date_trunc('day', now(), 'UTC') and spent > 0;

insert into postings (lane, account_id, seq, kind, cause, digest, amount, at, explains)
  select lane, id, 3, 'grant', 'grant:' || name, 'bench', promo, now(), '{}' from member where promo > 0;
insert into transfers (lane, account_id, seq, no, debit, credit, amount)
  select lane, id, 3, 1, 'expense.promotion', 'promo', promo from member where promo > 0;
insert into grants (reference, lane, account_id, seq, bucket, amount, reason, recorded_at)
  select name, lane, id, 3, 'promo', promo, 'Benchmark', now() from member where promo > 0;
insert into balances (lane, account_id, code, balance)
  select lane, id, 'expense.promotion', promo from member where promo > 0;

insert into wallets (lane, account_id, seq, promo, paid_net, deposited, charged_pod, spent_pod, base_pod, open_day,
                     day_events, day_pod, touched_at)
  select lane, id, case when promo > 0 then 3 else 2 end, promo, paid, paid + spent, spent, spent,
         case when window_end > date_trunc('day', now(), 'UTC') then spent else 0 end, (now() at time zone 'UTC')::date,
         1, spent, now()
    from member;
update wallets w set pins = wallet_pins(w.lane, w.account_id) from member m where m.lane = w.lane and m.id = w.account_id;
