CREATE TABLE "webhook_attempts" (
	"lane" smallint NOT NULL,
	"event_id" uuid NOT NULL,
	"endpoint_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"took_ms" integer NOT NULL,
	"status" integer,
	"failure" text,
	"answer" text NOT NULL,
	CONSTRAINT "webhook_attempts_lane_event_id_endpoint_id_number_pk" PRIMARY KEY("lane","event_id","endpoint_id","number")
);
--> statement-breakpoint
CREATE TABLE "webhook_deliveries" (
	"lane" smallint NOT NULL,
	"event_id" uuid NOT NULL,
	"endpoint_id" uuid NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"next_at" timestamp (3) with time zone,
	"claimed_until" timestamp (3) with time zone,
	"written_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "webhook_deliveries_lane_event_id_endpoint_id_pk" PRIMARY KEY("lane","event_id","endpoint_id")
);
--> statement-breakpoint
CREATE TABLE "webhook_endpoints" (
	"id" uuid PRIMARY KEY NOT NULL,
	"url" text NOT NULL,
	"types" text[],
	"state" text NOT NULL,
	"added_by" text NOT NULL,
	"added_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "webhook_endpoints_types" CHECK ("webhook_endpoints"."types" is null or cardinality("webhook_endpoints"."types") > 0)
);
--> statement-breakpoint
CREATE TABLE "webhook_events" (
	"lane" smallint NOT NULL,
	"id" uuid NOT NULL,
	"type" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"data" jsonb NOT NULL,
	CONSTRAINT "webhook_events_lane_id_pk" PRIMARY KEY("lane","id")
);
--> statement-breakpoint
CREATE TABLE "webhook_secrets" (
	"endpoint_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"secret" text NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone,
	CONSTRAINT "webhook_secrets_endpoint_id_number_pk" PRIMARY KEY("endpoint_id","number")
);
--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_lane_event_id_webhook_events_lane_id_fk" FOREIGN KEY ("lane","event_id") REFERENCES "public"."webhook_events"("lane","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "webhook_deliveries_waiting" ON "webhook_deliveries" USING btree ("endpoint_id","next_at") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "webhook_deliveries_log" ON "webhook_deliveries" USING btree ("written_at","event_id");--> statement-breakpoint
-- What happened is told where it is written, whichever path wrote it, and in its transaction: told if and only if it
-- happened. Only tables of what is rare are watched; with nobody listening to a kind, its price is one look at the few
-- endpoints there are.
CREATE FUNCTION webhook_heard(of_type text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM webhook_endpoints WHERE state <> 'removed' AND (types IS NULL OR of_type = ANY (types)))
$$;
--> statement-breakpoint
CREATE FUNCTION webhook_tell(of_type text, of_lane smallint, happened timestamptz, content jsonb) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE message uuid := gen_random_uuid();
BEGIN
  INSERT INTO webhook_events (lane, id, type, at, data) VALUES (of_lane, message, of_type, happened, content);
  INSERT INTO webhook_deliveries (lane, event_id, endpoint_id, written_at)
  SELECT of_lane, message, id, clock_timestamp() FROM webhook_endpoints
   WHERE state <> 'removed' AND (types IS NULL OR of_type = ANY (types));
END $$;
--> statement-breakpoint
-- As the machine API writes them: exact dollars without trailing zeros, and instants to the millisecond in UTC.
CREATE FUNCTION api_amount(amount bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT trim_scale(amount * 0.000000001)::text
$$;
--> statement-breakpoint
CREATE FUNCTION api_instant(at timestamptz) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
$$;
--> statement-breakpoint
CREATE FUNCTION api_account(of_lane smallint, of_account uuid) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT external_id FROM accounts WHERE lane = of_lane AND id = of_account
$$;
--> statement-breakpoint
-- The enrolment is the last row of a new account: by then its referrer stands too.
CREATE FUNCTION tell_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF webhook_heard('account.created') THEN
    PERFORM webhook_tell('account.created', new.lane, new.created_at, jsonb_build_object(
        'externalId', a.external_id, 'signedUpAt', api_instant(a.signed_up_at), 'status', a.status,
        'referralCode', a.referral_code, 'referredBy', api_account(r.referrer_lane, r.referrer_id)))
      FROM accounts a LEFT JOIN referrals r ON r.lane = a.lane AND r.referred_id = a.id
     WHERE a.lane = new.lane AND a.id = new.account_id;
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER enrolments_told AFTER INSERT ON enrolments FOR EACH ROW EXECUTE FUNCTION tell_account();
--> statement-breakpoint
CREATE FUNCTION tell_deposit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF webhook_heard('deposit.settled') THEN
    PERFORM webhook_tell('deposit.settled', new.lane, new.recorded_at, jsonb_build_object(
      'account', api_account(new.lane, new.account_id), 'reference', new.reference, 'amount', api_amount(new.amount),
      'method', new.method, 'instrument', new.instrument, 'occurredAt', api_instant(new.occurred_at),
      'recordedAt', api_instant(new.recorded_at)));
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER deposits_told AFTER INSERT ON deposits FOR EACH ROW EXECUTE FUNCTION tell_deposit();
--> statement-breakpoint
CREATE FUNCTION tell_reversal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF webhook_heard('deposit.reversed') THEN
    PERFORM webhook_tell('deposit.reversed', new.lane, new.recorded_at, jsonb_build_object(
      'account', api_account(new.lane, new.account_id), 'reference', new.reference, 'deposit', new.deposit_reference,
      'amount', api_amount(new.amount), 'reason', new.reason, 'recordedAt', api_instant(new.recorded_at)));
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER reversals_told AFTER INSERT ON reversals FOR EACH ROW EXECUTE FUNCTION tell_reversal();
--> statement-breakpoint
CREATE FUNCTION api_draw(draw draws) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object('account', api_account(draw.beneficiary_lane, draw.beneficiary_id), 'drawId', draw.id,
           'program', draw.program, 'state', draw.state, 'reason', draw.held_reason, 'dueAt', api_instant(draw.due_at),
           'drawnAt', api_instant(draw.drawn_at), 'amount', api_amount(draw.amount))
$$;
--> statement-breakpoint
-- An account's own bonus becomes due when its paid spend reaches the trigger: then its pair has qualified as well.
CREATE FUNCTION tell_due() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF webhook_heard('bonus.due') THEN
    PERFORM webhook_tell('bonus.due', new.lane, new.due_at, api_draw(new));
  END IF;
  IF new.kind = 'new-account' AND webhook_heard('referral.qualified') THEN
    PERFORM webhook_tell('referral.qualified', r.lane, new.due_at, jsonb_build_object(
        'account', api_account(r.referrer_lane, r.referrer_id), 'referral', r.id,
        'referred', api_account(r.lane, r.referred_id), 'program', r.program))
      FROM referrals r WHERE r.lane = new.lane AND r.referred_id = new.trigger_id AND r.void_reason IS NULL;
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER draws_told_due AFTER INSERT ON draws FOR EACH ROW EXECUTE FUNCTION tell_due();
--> statement-breakpoint
CREATE FUNCTION tell_draw() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF webhook_heard('bonus.' || new.state) THEN
    PERFORM webhook_tell('bonus.' || new.state, new.lane, coalesce(new.drawn_at, clock_timestamp()), api_draw(new));
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER draws_told AFTER UPDATE ON draws FOR EACH ROW
  WHEN (old.state <> new.state AND new.state IN ('held', 'drawn')) EXECUTE FUNCTION tell_draw();
--> statement-breakpoint
CREATE FUNCTION tell_taken_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF webhook_heard('bonus.taken_back') THEN
    PERFORM webhook_tell('bonus.taken_back', new.lane, clock_timestamp(), jsonb_build_object(
      'account', api_account(new.lane, new.account_id), 'drawId', new.id, 'program', new.program,
      'state', 'taken_back', 'amount', api_amount(new.amount - new.expired)));
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER rewards_told AFTER UPDATE ON rewards FOR EACH ROW
  WHEN (new.kind = 'bonus' AND old.posted AND NOT new.posted) EXECUTE FUNCTION tell_taken_back();
--> statement-breakpoint
CREATE FUNCTION tell_released() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE before bigint := CASE tg_op WHEN 'UPDATE' THEN old.released ELSE 0 END;
BEGIN
  IF new.released > before AND webhook_heard('commission.released') THEN
    PERFORM webhook_tell('commission.released', new.lane, clock_timestamp(), jsonb_build_object(
      'account', api_account(new.lane, new.account_id), 'program', new.program,
      'amount', api_amount(new.released - before)));
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER earnings_told AFTER INSERT OR UPDATE ON earnings FOR EACH ROW
  WHEN (new.program <> 'template-beta' AND new.released > 0) EXECUTE FUNCTION tell_released();
--> statement-breakpoint
CREATE FUNCTION tell_gate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF webhook_heard('template.gate_met') THEN
    PERFORM webhook_tell('template.gate_met', new.creator_lane, new.gate_met_at, jsonb_build_object(
      'externalId', new.external_id, 'creator', api_account(new.creator_lane, new.creator_id), 'name', new.name,
      'createdAt', api_instant(new.created_at), 'gateMet', true));
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER templates_told AFTER UPDATE ON templates FOR EACH ROW
  WHEN (old.gate_met_at IS NULL AND new.gate_met_at IS NOT NULL) EXECUTE FUNCTION tell_gate();
--> statement-breakpoint
CREATE FUNCTION tell_application() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF webhook_heard('application.submitted') THEN
    PERFORM webhook_tell('application.submitted', new.lane, new.submitted_at, jsonb_build_object(
      'reference', new.reference, 'account', api_account(new.lane, new.account_id), 'program', new.program,
      'state', new.state, 'submittedAt', api_instant(new.submitted_at)));
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER applications_told AFTER INSERT ON applications FOR EACH ROW EXECUTE FUNCTION tell_application();
--> statement-breakpoint
DO $$
DECLARE history text;
BEGIN
  FOREACH history IN ARRAY ARRAY['webhook_events', 'webhook_attempts'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()',
      history || '_append_only', history);
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()',
      history || '_kept', history);
  END LOOP;
END $$;
--> statement-breakpoint
-- An endpoint stays where it is, and what was removed stays removed.
CREATE FUNCTION guard_webhook_endpoint() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF tg_op = 'DELETE' OR old.state = 'removed'
     OR (new.id, new.url, new.types, new.added_by, new.added_at)
        IS DISTINCT FROM (old.id, old.url, old.types, old.added_by, old.added_at) THEN
    RAISE EXCEPTION 'endpoint %: add a new one instead', old.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN new;
END $$;
--> statement-breakpoint
CREATE TRIGGER webhook_endpoints_forward BEFORE UPDATE OR DELETE ON webhook_endpoints
  FOR EACH ROW EXECUTE FUNCTION guard_webhook_endpoint();
