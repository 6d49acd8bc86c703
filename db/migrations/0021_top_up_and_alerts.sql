CREATE TABLE "balance_alerts" (
	"lane" smallint NOT NULL,
	"account_id" uuid NOT NULL,
	"low_below" bigint,
	"level" text DEFAULT 'ok' NOT NULL,
	"crossings" integer DEFAULT 0 NOT NULL,
	"credit" bigint,
	"crossed_at" timestamp (3) with time zone,
	CONSTRAINT "balance_alerts_lane_account_id_pk" PRIMARY KEY("lane","account_id"),
	CONSTRAINT "balance_alerts_low" CHECK ("balance_alerts"."low_below" is null or "balance_alerts"."low_below" > 0)
);
--> statement-breakpoint
CREATE TABLE "auto_top_ups" (
	"lane" smallint NOT NULL,
	"account_id" uuid NOT NULL,
	"state" text NOT NULL,
	"threshold" bigint NOT NULL,
	"mode" text NOT NULL,
	"amount" bigint NOT NULL,
	"month_max" bigint NOT NULL,
	"card_id" text,
	"failures" integer DEFAULT 0 NOT NULL,
	"next_at" timestamp (3) with time zone NOT NULL,
	"reason" text,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "auto_top_ups_lane_account_id_pk" PRIMARY KEY("lane","account_id"),
	CONSTRAINT "auto_top_ups_amounts" CHECK (least("auto_top_ups"."threshold", "auto_top_ups"."amount", "auto_top_ups"."month_max") > 0)
);
--> statement-breakpoint
CREATE TABLE "top_ups" (
	"id" uuid PRIMARY KEY NOT NULL,
	"lane" smallint NOT NULL,
	"account_id" uuid NOT NULL,
	"amount" bigint NOT NULL,
	"card_id" text NOT NULL,
	"state" text NOT NULL,
	"payment_id" text,
	"reason" text,
	"begun_at" timestamp (3) with time zone NOT NULL,
	"claimed_until" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "top_ups_ended" CHECK (("top_ups"."state" in ('paid', 'failed')) = ("top_ups"."ended_at" is not null)),
	CONSTRAINT "top_ups_amount" CHECK ("top_ups"."amount" > 0)
);
--> statement-breakpoint
CREATE INDEX "auto_top_ups_on" ON "auto_top_ups" USING btree ("next_at") WHERE state = 'on';--> statement-breakpoint
CREATE UNIQUE INDEX "top_ups_open" ON "top_ups" USING btree ("lane","account_id") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "top_ups_account" ON "top_ups" USING btree ("account_id","begun_at");--> statement-breakpoint
CREATE INDEX "top_ups_unsettled" ON "top_ups" USING btree ("claimed_until") WHERE ended_at is null;--> statement-breakpoint
CREATE TRIGGER auto_top_ups_whose BEFORE UPDATE ON auto_top_ups FOR EACH ROW EXECUTE FUNCTION guard_whose();
--> statement-breakpoint
CREATE TRIGGER balance_alerts_whose BEFORE UPDATE ON balance_alerts FOR EACH ROW EXECUTE FUNCTION guard_whose();
--> statement-breakpoint
-- What a top-up is of stays, and what was paid stays paid.
CREATE FUNCTION guard_top_up() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (new.id, new.lane, new.account_id, new.amount, new.card_id, new.begun_at)
     IS DISTINCT FROM (old.id, old.lane, old.account_id, old.amount, old.card_id, old.begun_at)
     OR old.state = 'paid' OR (old.state = 'failed' AND new.state <> 'paid')
     OR (old.payment_id IS NOT NULL AND new.payment_id IS DISTINCT FROM old.payment_id) THEN
    RAISE EXCEPTION 'top-up %: what is fixed stays fixed', old.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN new;
END $$;
--> statement-breakpoint
CREATE TRIGGER top_ups_forward BEFORE UPDATE ON top_ups FOR EACH ROW EXECUTE FUNCTION guard_top_up();
--> statement-breakpoint
-- Whoever stands at nothing when this begins has stood there: only what is crossed from now on is told.
INSERT INTO balance_alerts (lane, account_id, level)
SELECT lane, account_id, 'depleted' FROM wallets
 WHERE seq > 0 AND promo + earned + market + paid_net <= 0;
--> statement-breakpoint
-- A level that was crossed is told by the row that says so. Only the worker's judging raises the number of crossings.
CREATE FUNCTION tell_level() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  before text := old.level;
  kind text := CASE
    WHEN new.level = 'depleted' THEN 'wallet.depleted'
    WHEN new.level = 'low' AND before = 'ok' THEN 'wallet.low'
    ELSE 'wallet.recovered' END;
BEGIN
  IF webhook_heard(kind) THEN
    PERFORM webhook_tell(kind, new.lane, new.crossed_at, jsonb_build_object(
      'account', api_account(new.lane, new.account_id), 'level', new.level,
      'balance', api_amount(greatest(new.credit, 0)), 'threshold', api_amount(new.low_below),
      'at', api_instant(new.crossed_at)));
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER balance_alerts_told AFTER UPDATE ON balance_alerts FOR EACH ROW
  WHEN (old.crossings <> new.crossings) EXECUTE FUNCTION tell_level();
