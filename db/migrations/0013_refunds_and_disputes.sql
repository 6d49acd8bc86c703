CREATE TABLE "provider_reversals" (
	"reference" text PRIMARY KEY NOT NULL,
	"deposit_reference" text NOT NULL,
	"amount" bigint NOT NULL,
	"reason" text NOT NULL,
	"request_reference" text,
	"known_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "refund_requests" (
	"reference" text PRIMARY KEY NOT NULL,
	"lane" smallint NOT NULL,
	"account_id" uuid NOT NULL,
	"deposit_reference" text NOT NULL,
	"amount" bigint NOT NULL,
	"reason" text NOT NULL,
	"requested_by" text NOT NULL,
	"requested_at" timestamp (3) with time zone NOT NULL,
	"state" text NOT NULL,
	"decided_by" text,
	"decided_at" timestamp (3) with time zone,
	"decision_reason" text,
	"problem" text,
	CONSTRAINT "refund_requests_second_person" CHECK ("refund_requests"."decided_by" is null or "refund_requests"."decided_by" <> "refund_requests"."requested_by"),
	CONSTRAINT "refund_requests_decided" CHECK (("refund_requests"."state" = 'waiting') = ("refund_requests"."decided_at" is null)),
	CONSTRAINT "refund_requests_positive" CHECK ("refund_requests"."amount" > 0)
);
--> statement-breakpoint
CREATE INDEX "provider_reversals_deposit" ON "provider_reversals" USING btree ("deposit_reference");--> statement-breakpoint
CREATE INDEX "refund_requests_open" ON "refund_requests" USING btree ("requested_at") WHERE state in ('waiting', 'sending');--> statement-breakpoint
CREATE INDEX "refund_requests_account" ON "refund_requests" USING btree ("account_id");--> statement-breakpoint
CREATE TRIGGER provider_reversals_append_only BEFORE UPDATE OR DELETE ON provider_reversals FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER provider_reversals_kept BEFORE TRUNCATE ON provider_reversals FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- What was asked for stays what it was, and goes forward: decided once, answered once; what was sent may still come back.
CREATE FUNCTION guard_refund_request() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF tg_op = 'DELETE'
     OR (new.reference, new.lane, new.account_id, new.deposit_reference, new.amount, new.reason, new.requested_by, new.requested_at)
        IS DISTINCT FROM
        (old.reference, old.lane, old.account_id, old.deposit_reference, old.amount, old.reason, old.requested_by, old.requested_at)
     OR (old.decided_at IS NOT NULL AND (new.decided_by, new.decided_at, new.decision_reason)
        IS DISTINCT FROM (old.decided_by, old.decided_at, old.decision_reason))
     OR (old.state, new.state) NOT IN (('waiting', 'sending'), ('waiting', 'declined'), ('sending', 'sent'),
        ('sending', 'failed'), ('sent', 'failed')) THEN
    RAISE EXCEPTION 'refund request %: what is fixed stays fixed', old.reference USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN new;
END $$;
--> statement-breakpoint
CREATE TRIGGER refund_requests_forward BEFORE UPDATE OR DELETE ON refund_requests
  FOR EACH ROW EXECUTE FUNCTION guard_refund_request();
