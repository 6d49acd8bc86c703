CREATE TABLE "audit_log" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_log_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp (3) with time zone NOT NULL,
	"actor" text NOT NULL,
	"act" text NOT NULL,
	"subject" text NOT NULL,
	"reason" text NOT NULL,
	"outcome" text NOT NULL,
	"detail" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "credit_requests" (
	"reference" text PRIMARY KEY NOT NULL,
	"lane" smallint NOT NULL,
	"account_id" uuid NOT NULL,
	"bucket" text NOT NULL,
	"amount" bigint NOT NULL,
	"reason" text NOT NULL,
	"requested_by" text NOT NULL,
	"requested_at" timestamp (3) with time zone NOT NULL,
	"state" text NOT NULL,
	"decided_by" text,
	"decided_at" timestamp (3) with time zone,
	"decision_reason" text,
	CONSTRAINT "credit_requests_second_person" CHECK ("credit_requests"."decided_by" is null or "credit_requests"."decided_by" <> "credit_requests"."requested_by"),
	CONSTRAINT "credit_requests_decided" CHECK (("credit_requests"."state" = 'waiting') = ("credit_requests"."decided_at" is null))
);
--> statement-breakpoint
CREATE TABLE "operators" (
	"email" text PRIMARY KEY NOT NULL,
	"added_by" text NOT NULL,
	"added_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "cluster_joins" (
	"id" uuid PRIMARY KEY NOT NULL,
	"cluster_id" uuid NOT NULL,
	"lane" smallint NOT NULL,
	"account_id" uuid NOT NULL,
	"joined_by" text NOT NULL,
	"joined_at" timestamp (3) with time zone NOT NULL,
	"reason" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reviews" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"subject_lane" smallint NOT NULL,
	"lane" smallint NOT NULL,
	"account_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"other_id" uuid,
	"state" text NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"decided_at" timestamp (3) with time zone,
	"decided_by" text,
	"decision_reason" text
);
--> statement-breakpoint
ALTER TABLE "wallets" ADD COLUMN "cluster_id" uuid;--> statement-breakpoint
ALTER TABLE "referrals" ADD COLUMN "hold" text;--> statement-breakpoint
CREATE INDEX "audit_log_subject" ON "audit_log" USING btree ("subject","id");--> statement-breakpoint
CREATE INDEX "credit_requests_waiting" ON "credit_requests" USING btree ("requested_at") WHERE state = 'waiting';--> statement-breakpoint
CREATE UNIQUE INDEX "reviews_subject" ON "reviews" USING btree ("kind","subject_id","reason");--> statement-breakpoint
CREATE INDEX "reviews_open" ON "reviews" USING btree ("opened_at") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "reviews_account" ON "reviews" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "deposits_instrument" ON "deposits" USING btree ("instrument") WHERE instrument is not null;--> statement-breakpoint
CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE ON audit_log FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER audit_log_kept BEFORE TRUNCATE ON audit_log FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER cluster_joins_append_only BEFORE UPDATE OR DELETE ON cluster_joins FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER cluster_joins_kept BEFORE TRUNCATE ON cluster_joins FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
