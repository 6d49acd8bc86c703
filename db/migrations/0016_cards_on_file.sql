CREATE TABLE "card_setups" (
	"id" text PRIMARY KEY NOT NULL,
	"lane" smallint NOT NULL,
	"account_id" uuid NOT NULL,
	"status" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "cards" (
	"id" text PRIMARY KEY NOT NULL,
	"lane" smallint NOT NULL,
	"account_id" uuid NOT NULL,
	"brand" text NOT NULL,
	"last4" text NOT NULL,
	"expiry_month" integer NOT NULL,
	"expiry_year" integer NOT NULL,
	"instrument" text,
	"saved_at" timestamp (3) with time zone NOT NULL,
	"removed_at" timestamp (3) with time zone,
	CONSTRAINT "cards_expiry" CHECK ("cards"."expiry_month" between 1 and 12)
);
--> statement-breakpoint
CREATE TABLE "payment_customers" (
	"lane" smallint NOT NULL,
	"account_id" uuid NOT NULL,
	"customer_id" text NOT NULL,
	"readings" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "payment_customers_lane_account_id_pk" PRIMARY KEY("lane","account_id")
);
--> statement-breakpoint
CREATE INDEX "card_setups_account" ON "card_setups" USING btree ("account_id","created_at");--> statement-breakpoint
CREATE INDEX "cards_account" ON "cards" USING btree ("account_id") WHERE removed_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "payment_customers_customer" ON "payment_customers" USING btree ("customer_id");--> statement-breakpoint
-- What an account has on file stays its own.
CREATE FUNCTION guard_whose() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (new.lane, new.account_id) IS DISTINCT FROM (old.lane, old.account_id) THEN
    RAISE EXCEPTION '%: what is one account''s stays so', tg_table_name USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN new;
END $$;
--> statement-breakpoint
CREATE TRIGGER payment_customers_whose BEFORE UPDATE ON payment_customers FOR EACH ROW EXECUTE FUNCTION guard_whose();
--> statement-breakpoint
CREATE TRIGGER cards_whose BEFORE UPDATE ON cards FOR EACH ROW EXECUTE FUNCTION guard_whose();
--> statement-breakpoint
CREATE TRIGGER card_setups_whose BEFORE UPDATE ON card_setups FOR EACH ROW EXECUTE FUNCTION guard_whose();
