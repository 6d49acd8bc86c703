-- Run after every migration: who may do what. Roles without a login; each process logs in as a member of one.
DO $$
DECLARE role_name text;
BEGIN
  FOREACH role_name IN ARRAY ARRAY['tenspot_web', 'tenspot_worker', 'tenspot_reader'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
      EXECUTE format('CREATE ROLE %I NOLOGIN', role_name);
    END IF;
  END LOOP;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;

REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, tenspot_web, tenspot_worker, tenspot_reader;
GRANT USAGE ON SCHEMA public TO tenspot_web, tenspot_worker, tenspot_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO tenspot_web, tenspot_worker, tenspot_reader;
GRANT INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO tenspot_web, tenspot_worker;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO tenspot_web, tenspot_worker;

-- History: added to, never changed.
REVOKE UPDATE, DELETE ON postings, transfers, usage_events, event_keys, prices, deposits, reversals, grants, draws,
  provider_reversals, account_names, referral_codes, first_emails, payment_events, audit_log, cluster_joins,
  template_renames, webhook_events, webhook_attempts, balance_marks, sellers FROM tenspot_web, tenspot_worker;
REVOKE DELETE ON wallets, accounts, enrolments, referrals, terms, earnings, rewards, applications, reviews, credit_requests,
  refund_requests, templates, template_totals, referrer_totals, credit_expiries, authorizations, webhook_endpoints, webhook_deliveries, referral_forecasts,
  account_closings
  FROM tenspot_web, tenspot_worker;
-- Receipts are numbered by the database alone; who sells is said by the worker as it starts.
REVOKE INSERT, UPDATE, DELETE ON receipts, receipt_years FROM tenspot_web, tenspot_worker;
REVOKE INSERT ON sellers FROM tenspot_web;
-- What was on file is taken off, and stays known.
REVOKE DELETE ON payment_customers, cards, card_setups, auto_top_ups, top_ups, balance_alerts FROM tenspot_web, tenspot_worker;
-- The address of a closed account is forgotten: only its keyed hash stays.
GRANT DELETE ON first_emails TO tenspot_web, tenspot_worker;
-- Draws go forward one step at a time, held to it by their trigger, for whichever process.
GRANT UPDATE ON draws TO tenspot_web, tenspot_worker;

-- A signing secret is shown once, when it is made: whoever serves screens cannot read it again.
REVOKE SELECT ON webhook_secrets FROM tenspot_web, tenspot_reader;
GRANT SELECT (endpoint_id, number, made_at, ends_at) ON webhook_secrets TO tenspot_web, tenspot_reader;

-- Months are put away by the owner; the worker makes those to come.
REVOKE INSERT, UPDATE, DELETE ON months_put_away, usage_put_away FROM tenspot_web, tenspot_worker;
GRANT EXECUTE ON FUNCTION usage_months_ahead(integer, timestamptz) TO tenspot_worker;
GRANT USAGE ON SCHEMA put_away TO tenspot_web, tenspot_worker, tenspot_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA put_away TO tenspot_web, tenspot_worker, tenspot_reader;

-- Health asks which migrations ran.
GRANT USAGE ON SCHEMA drizzle TO tenspot_web, tenspot_worker, tenspot_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA drizzle TO tenspot_web, tenspot_worker, tenspot_reader;

-- The worker runs the job queue.
GRANT USAGE ON SCHEMA graphile_worker TO tenspot_worker;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA graphile_worker TO tenspot_worker;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA graphile_worker TO tenspot_worker;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA graphile_worker TO tenspot_worker;
DO $$
DECLARE queue record;
BEGIN
  FOR queue IN SELECT tablename FROM pg_tables WHERE schemaname = 'graphile_worker' LOOP
    EXECUTE format('DROP POLICY IF EXISTS tenspot_worker ON graphile_worker.%I', queue.tablename);
    EXECUTE format('CREATE POLICY tenspot_worker ON graphile_worker.%I TO tenspot_worker USING (true) WITH CHECK (true)',
      queue.tablename);
  END LOOP;
END $$;
