CREATE TABLE "referral_forecasts" (
	"lane" smallint NOT NULL,
	"referral_id" uuid NOT NULL,
	"referrer_id" uuid NOT NULL,
	"week" date NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL,
	"window_end" timestamp (3) with time zone NOT NULL,
	"earned" numeric(38, 0) NOT NULL,
	"low" numeric(38, 0) NOT NULL,
	"middle" numeric(38, 0) NOT NULL,
	"high" numeric(38, 0) NOT NULL,
	"outcome" numeric(38, 0),
	"scored_at" timestamp (3) with time zone,
	CONSTRAINT "referral_forecasts_lane_referral_id_week_pk" PRIMARY KEY("lane","referral_id","week"),
	CONSTRAINT "referral_forecasts_range" CHECK ("referral_forecasts"."low" <= "referral_forecasts"."middle" and "referral_forecasts"."middle" <= "referral_forecasts"."high"),
	CONSTRAINT "referral_forecasts_scored" CHECK (("referral_forecasts"."outcome" is null) = ("referral_forecasts"."scored_at" is null))
);
--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "first_name_shown" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "referral_codes" ADD COLUMN "chosen_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "referral_forecasts_referrer" ON "referral_forecasts" USING btree ("referrer_id");--> statement-breakpoint
CREATE INDEX "referral_forecasts_open" ON "referral_forecasts" USING btree ("window_end") WHERE scored_at is null;--> statement-breakpoint
CREATE INDEX "referral_codes_account" ON "referral_codes" USING btree ("account_id");
--> statement-breakpoint
-- A forecast is worth what it said beforehand: it is scored once, and nothing else of it changes.
CREATE FUNCTION guard_forecast() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF tg_op = 'DELETE' OR old.scored_at IS NOT NULL
     OR (new.lane, new.referral_id, new.referrer_id, new.week, new.made_at, new.window_end, new.earned, new.low, new.middle, new.high)
        IS DISTINCT FROM
        (old.lane, old.referral_id, old.referrer_id, old.week, old.made_at, old.window_end, old.earned, old.low, old.middle, old.high) THEN
    RAISE EXCEPTION 'forecast of % for %: what was said stays said', old.week, old.referral_id
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN new;
END $$;
--> statement-breakpoint
CREATE TRIGGER referral_forecasts_forward BEFORE UPDATE OR DELETE ON referral_forecasts
  FOR EACH ROW EXECUTE FUNCTION guard_forecast();
