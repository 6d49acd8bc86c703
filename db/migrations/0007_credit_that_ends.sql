CREATE TABLE "credit_expiries" (
	"lane" smallint NOT NULL,
	"account_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"bucket" text NOT NULL,
	"reward_id" uuid,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"expired" bigint DEFAULT 0 NOT NULL,
	"times" integer DEFAULT 0 NOT NULL,
	"open" boolean DEFAULT true NOT NULL,
	CONSTRAINT "credit_expiries_lane_account_id_seq_pk" PRIMARY KEY("lane","account_id","seq"),
	CONSTRAINT "credit_expiries_expired" CHECK ("credit_expiries"."expired" >= 0)
);
--> statement-breakpoint
ALTER TABLE "grants" ADD COLUMN "expires_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "draws" ADD COLUMN "region" text;--> statement-breakpoint
ALTER TABLE "rewards" ADD COLUMN "hold_ms" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "rewards" ADD COLUMN "expiry_ms" bigint;--> statement-breakpoint
ALTER TABLE "rewards" ADD COLUMN "held" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "rewards" ADD COLUMN "release_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "rewards" ADD COLUMN "expires_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "rewards" ADD COLUMN "expired" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "credit_expiries_open" ON "credit_expiries" USING btree ("expires_at") WHERE open;--> statement-breakpoint
CREATE INDEX "rewards_held" ON "rewards" USING btree ("release_at") WHERE held;--> statement-breakpoint
ALTER TABLE "rewards" ADD CONSTRAINT "rewards_expired" CHECK ("rewards"."expired" between 0 and "rewards"."amount");--> statement-breakpoint
-- What an account is pinned to, in the order `lib/ledger/pin-row.ts` reads it.
CREATE OR REPLACE FUNCTION wallet_pins(of_lane smallint, of_account uuid) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT array_to_string(ARRAY[
           e.id::text, e.program, e.terms_id::text, e.not_eligible, r.id::text, r.referrer_lane::text,
           r.referrer_id::text, r.program, r.terms_id::text, (extract(epoch FROM r.window_end) * 1000)::bigint::text,
           r.void_reason, r.bonus_eligible::text, r.hold, b.amount::text, b.posted::text, b.times::text, m.id::text,
           r.milestone_terms_id::text, m.amount::text, m.posted::text, m.times::text, b.held::text, b.expired::text,
           m.held::text, m.expired::text], '|', '')
    FROM enrolments e
    LEFT JOIN referrals r ON r.lane = e.lane AND r.referred_id = e.account_id
    LEFT JOIN rewards b ON b.lane = e.lane AND b.account_id = e.account_id AND b.id = e.id
    LEFT JOIN rewards m ON m.lane = e.lane AND m.account_id = e.account_id AND m.id = r.milestone_id
   WHERE e.lane = of_lane AND e.account_id = of_account
$$;
--> statement-breakpoint
UPDATE wallets SET pins = wallet_pins(lane, account_id);
--> statement-breakpoint
-- When credit expires is fixed as it comes; what expired stays expired.
CREATE FUNCTION guard_expiry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF tg_op = 'DELETE'
     OR (new.lane, new.account_id, new.seq, new.bucket, new.reward_id, new.expires_at)
        IS DISTINCT FROM (old.lane, old.account_id, old.seq, old.bucket, old.reward_id, old.expires_at)
     OR new.expired < old.expired OR new.times < old.times THEN
    RAISE EXCEPTION 'expiry of posting % of account %: what is fixed stays fixed', old.seq, old.account_id
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN new;
END $$;
--> statement-breakpoint
CREATE TRIGGER credit_expiries_forward BEFORE UPDATE OR DELETE ON credit_expiries
  FOR EACH ROW EXECUTE FUNCTION guard_expiry();
