CREATE TABLE "authorizations" (
	"reference" text PRIMARY KEY NOT NULL,
	"lane" smallint NOT NULL,
	"account_id" uuid NOT NULL,
	"digest" text NOT NULL,
	"sku" text,
	"hourly" bigint,
	"quantity_milli" bigint NOT NULL,
	"reserved" bigint NOT NULL,
	"state" text NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "authorizations_floor" CHECK (least("authorizations"."reserved", "authorizations"."quantity_milli") >= 0),
	CONSTRAINT "authorizations_price" CHECK (("authorizations"."sku" is null) <> ("authorizations"."hourly" is null)),
	CONSTRAINT "authorizations_ended" CHECK (("authorizations"."state" = 'open') = ("authorizations"."ended_at" is null))
);
--> statement-breakpoint
-- Counts of some minutes: worth nothing after a crash, so not logged.
CREATE UNLOGGED TABLE "rate_counts" (
	"window_start" timestamp (3) with time zone NOT NULL,
	"policy" text NOT NULL,
	"subject" text NOT NULL,
	"requests" bigint NOT NULL,
	CONSTRAINT "rate_counts_window_start_policy_subject_pk" PRIMARY KEY("window_start","policy","subject")
);
--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "spend_day_max" bigint;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "spend_month_max" bigint;--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "lane" smallint;--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "account_id" uuid;--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "tail" text;--> statement-breakpoint
CREATE INDEX "authorizations_open" ON "authorizations" USING btree ("account_id") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "authorizations_expiring" ON "authorizations" USING btree ("expires_at") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "api_keys_account" ON "api_keys" USING btree ("account_id") WHERE account_id is not null;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_whole" CHECK (("api_keys"."account_id" is null) = ("api_keys"."lane" is null));--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_customers_read" CHECK ("api_keys"."account_id" is null or "api_keys"."scopes" = 'read');
--> statement-breakpoint
-- What was authorized stays what it was, and ends once; how much of it there is and for how long may change until then.
CREATE FUNCTION guard_authorization() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF tg_op = 'DELETE' OR old.state <> 'open'
     OR (new.reference, new.lane, new.account_id, new.digest, new.opened_at, new.sku)
        IS DISTINCT FROM (old.reference, old.lane, old.account_id, old.digest, old.opened_at, old.sku) THEN
    RAISE EXCEPTION 'authorization %: what is fixed stays fixed', old.reference USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN new;
END $$;
--> statement-breakpoint
CREATE TRIGGER authorizations_forward BEFORE UPDATE OR DELETE ON authorizations
  FOR EACH ROW EXECUTE FUNCTION guard_authorization();
--> statement-breakpoint
-- A key stays whose it is, and what was revoked stays revoked.
CREATE FUNCTION guard_api_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (new.hash, new.scopes, new.lane, new.account_id) IS DISTINCT FROM (old.hash, old.scopes, old.lane, old.account_id)
     OR (old.revoked_at IS NOT NULL AND new.revoked_at IS DISTINCT FROM old.revoked_at) THEN
    RAISE EXCEPTION 'API key %: make a new one instead', old.name USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN new;
END $$;
--> statement-breakpoint
CREATE TRIGGER api_keys_forward BEFORE UPDATE ON api_keys FOR EACH ROW EXECUTE FUNCTION guard_api_key();
