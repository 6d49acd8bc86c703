CREATE TABLE "reversals" (
	"reference" text PRIMARY KEY NOT NULL,
	"deposit_reference" text NOT NULL,
	"lane" smallint NOT NULL,
	"account_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"amount" bigint NOT NULL,
	"reason" text NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "waiting_voids" (
	"lane" smallint NOT NULL,
	"source" text NOT NULL,
	"id" text NOT NULL,
	"void_source" text NOT NULL,
	"void_id" text NOT NULL,
	"subject" text NOT NULL,
	"ended_at" timestamp (3) with time zone NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "waiting_voids_lane_source_id_pk" PRIMARY KEY("lane","source","id")
);
--> statement-breakpoint
CREATE TABLE "applications" (
	"reference" text PRIMARY KEY NOT NULL,
	"lane" smallint NOT NULL,
	"account_id" uuid NOT NULL,
	"program" text NOT NULL,
	"state" text NOT NULL,
	"submitted_at" timestamp (3) with time zone NOT NULL,
	"decided_at" timestamp (3) with time zone,
	"reason" text
);
--> statement-breakpoint
CREATE TABLE "enrolment_requests" (
	"reference" text PRIMARY KEY NOT NULL,
	"lane" smallint NOT NULL,
	"account_id" uuid NOT NULL,
	"program" text NOT NULL,
	"version" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rewards" (
	"lane" smallint NOT NULL,
	"account_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"trigger_lane" smallint NOT NULL,
	"trigger_id" uuid NOT NULL,
	"program" text NOT NULL,
	"amount" bigint NOT NULL,
	"posted" boolean NOT NULL,
	"times" integer NOT NULL,
	CONSTRAINT "rewards_lane_account_id_id_pk" PRIMARY KEY("lane","account_id","id")
);
--> statement-breakpoint
CREATE TABLE "standing_outbox" (
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "standing_outbox_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"lane" smallint NOT NULL,
	"trigger_id" uuid NOT NULL,
	CONSTRAINT "standing_outbox_lane_id_pk" PRIMARY KEY("lane","id")
);
--> statement-breakpoint
DROP INDEX "earnings_pending";--> statement-breakpoint
ALTER TABLE "referrals" ADD COLUMN "milestone_terms_id" integer;--> statement-breakpoint
ALTER TABLE "referrals" ADD COLUMN "milestone_id" uuid;--> statement-breakpoint
CREATE INDEX "reversals_deposit" ON "reversals" USING btree ("deposit_reference");--> statement-breakpoint
CREATE INDEX "applications_account" ON "applications" USING btree ("account_id","submitted_at");--> statement-breakpoint
CREATE UNIQUE INDEX "applications_one_open" ON "applications" USING btree ("lane","account_id","program") WHERE state <> 'declined';--> statement-breakpoint
CREATE INDEX "rewards_trigger" ON "rewards" USING btree ("trigger_id");--> statement-breakpoint
CREATE UNIQUE INDEX "usage_events_voided" ON "usage_events" USING btree ("lane","account_id","voids_seq") WHERE voids_seq is not null;--> statement-breakpoint
CREATE INDEX "earnings_pending" ON "earnings" USING btree ("template","account_id") WHERE pending > 0;--> statement-breakpoint
CREATE TRIGGER reversals_append_only BEFORE UPDATE OR DELETE ON reversals FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER reversals_kept BEFORE TRUNCATE ON reversals FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
