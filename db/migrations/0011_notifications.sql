CREATE TABLE "notification_choices" (
	"lane" smallint NOT NULL,
	"account_id" uuid NOT NULL,
	"topic" text NOT NULL,
	"listed" boolean NOT NULL,
	"mailed" boolean NOT NULL,
	CONSTRAINT "notification_choices_lane_account_id_topic_pk" PRIMARY KEY("lane","account_id","topic")
);
--> statement-breakpoint
CREATE TABLE "notifications" (
	"lane" smallint NOT NULL,
	"account_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"cause" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"facts" jsonb NOT NULL,
	"listed" boolean NOT NULL,
	"read_at" timestamp (3) with time zone,
	"mail" text NOT NULL,
	"mail_tries" integer DEFAULT 0 NOT NULL,
	"mail_next_at" timestamp (3) with time zone,
	"mail_claimed_until" timestamp (3) with time zone,
	CONSTRAINT "notifications_lane_account_id_id_pk" PRIMARY KEY("lane","account_id","id")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "notifications_cause" ON "notifications" USING btree ("lane","account_id","cause");--> statement-breakpoint
CREATE INDEX "notifications_listed" ON "notifications" USING btree ("account_id","at","id") WHERE listed;--> statement-breakpoint
CREATE INDEX "notifications_unread" ON "notifications" USING btree ("account_id") WHERE listed and read_at is null;--> statement-breakpoint
CREATE INDEX "notifications_mail" ON "notifications" USING btree ("mail_next_at","at") WHERE mail = 'waiting';
--> statement-breakpoint
-- An account is told of a thing once, however often and by whomever it is said. What it chose decides how: by topic, the
-- kind's first word. Mail goes only to an address that its owner proved; nobody is told anything of a closed account.
CREATE FUNCTION notify_account(of_lane smallint, of_account uuid, of_kind text, of_cause text, happened timestamptz,
  content jsonb) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO notifications (lane, account_id, id, kind, cause, at, facts, listed, mail)
  SELECT of_lane, of_account, gen_random_uuid(), of_kind, of_cause, happened, jsonb_strip_nulls(content),
         coalesce(c.listed, true),
         CASE WHEN a.email_verified AND a.email IS NOT NULL AND coalesce(c.mailed, true) THEN 'waiting' ELSE 'none' END
    FROM accounts a
    LEFT JOIN notification_choices c
      ON c.lane = a.lane AND c.account_id = a.id AND c.topic = split_part(of_kind, '.', 1)
   WHERE a.lane = of_lane AND a.id = of_account AND a.status <> 'closed'
  ON CONFLICT (lane, account_id, cause) DO NOTHING;
  RETURN FOUND;
END $$;
--> statement-breakpoint
-- The rows that messages to webhooks are written by tell customers as well.
CREATE FUNCTION notify_draw() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  facts jsonb := jsonb_build_object('drawId', new.id, 'draw', new.kind);
  said text;
BEGIN
  IF new.state = 'drawn' THEN
    PERFORM notify_account(new.beneficiary_lane, new.beneficiary_id, 'bonus.drawn', 'draw:' || new.id || ':drawn',
      new.drawn_at, facts || jsonb_build_object('amount', api_amount(new.amount)));
    RETURN NULL;
  END IF;
  SELECT decision_reason INTO said FROM reviews
   WHERE kind = 'bonus' AND subject_id = new.id AND state <> 'open' ORDER BY decided_at DESC LIMIT 1;
  IF new.state <> 'held' THEN
    PERFORM notify_account(new.beneficiary_lane, new.beneficiary_id, 'bonus.released', 'draw:' || new.id || ':released',
      clock_timestamp(), facts || jsonb_build_object('said', said));
  ELSE
    PERFORM notify_account(new.beneficiary_lane, new.beneficiary_id, 'bonus.held',
      'draw:' || new.id || ':held:' || coalesce(new.held_reason, ''), clock_timestamp(),
      facts || jsonb_build_object('reason', new.held_reason, 'said', said));
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER draws_notified AFTER UPDATE ON draws FOR EACH ROW
  WHEN ((old.state, old.held_reason) IS DISTINCT FROM (new.state, new.held_reason)
        AND (new.state IN ('held', 'drawn') OR old.state = 'held'))
  EXECUTE FUNCTION notify_draw();
--> statement-breakpoint
-- An account's own bonus becomes due when its paid spend reaches the trigger: then its pair has qualified as well.
CREATE FUNCTION notify_qualified() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM notify_account(r.referrer_lane, r.referrer_id, 'referral.qualified', 'referral:' || r.id || ':qualified',
      new.due_at, jsonb_build_object('referral', r.id))
    FROM referrals r WHERE r.lane = new.lane AND r.referred_id = new.trigger_id AND r.void_reason IS NULL;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER draws_notified_qualified AFTER INSERT ON draws FOR EACH ROW
  WHEN (new.kind = 'new-account') EXECUTE FUNCTION notify_qualified();
--> statement-breakpoint
CREATE FUNCTION notify_reward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM notify_account(new.lane, new.account_id,
    CASE WHEN new.posted THEN 'bonus.given_again' ELSE 'bonus.taken_back' END,
    'reward:' || new.id || ':' || new.times, clock_timestamp(),
    jsonb_build_object('drawId', new.id, 'amount', api_amount(new.amount - new.expired)));
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER rewards_notified AFTER UPDATE ON rewards FOR EACH ROW
  WHEN (new.kind = 'bonus' AND old.posted <> new.posted AND new.times > 1) EXECUTE FUNCTION notify_reward();
--> statement-breakpoint
CREATE FUNCTION notify_milestone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM notify_account(new.lane, new.account_id, 'bonus.milestone', 'reward:' || new.id || ':1', clock_timestamp(),
    jsonb_build_object('amount', api_amount(new.amount)));
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER rewards_notified_milestone AFTER INSERT OR UPDATE ON rewards FOR EACH ROW
  WHEN (new.kind = 'milestone' AND new.posted AND new.times = 1) EXECUTE FUNCTION notify_milestone();
--> statement-breakpoint
CREATE FUNCTION notify_gate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM notify_account(new.creator_lane, new.creator_id, 'gate.template_met', 'template:' || new.external_id || ':gate',
    new.gate_met_at, jsonb_build_object('template', new.external_id, 'name', new.name));
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER templates_notified AFTER UPDATE ON templates FOR EACH ROW
  WHEN (old.gate_met_at IS NULL AND new.gate_met_at IS NOT NULL) EXECUTE FUNCTION notify_gate();
--> statement-breakpoint
CREATE FUNCTION notify_application() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM notify_account(new.lane, new.account_id, 'gate.' || new.state, 'application:' || new.reference || ':' || new.state,
    new.decided_at, jsonb_build_object('said', new.reason));
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER applications_notified AFTER UPDATE ON applications FOR EACH ROW
  WHEN (old.state <> new.state AND new.state IN ('accepted', 'declined')) EXECUTE FUNCTION notify_application();
--> statement-breakpoint
-- What was said is not said otherwise afterwards.
CREATE FUNCTION guard_notification() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (new.lane, new.account_id, new.id, new.kind, new.cause, new.at, new.facts)
     IS DISTINCT FROM (old.lane, old.account_id, old.id, old.kind, old.cause, old.at, old.facts) THEN
    RAISE EXCEPTION 'notification %: what it says stays', old.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN new;
END $$;
--> statement-breakpoint
CREATE TRIGGER notifications_fixed BEFORE UPDATE ON notifications
  FOR EACH ROW EXECUTE FUNCTION guard_notification();
