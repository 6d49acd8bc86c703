CREATE TABLE "support_requests" (
	"lane" smallint NOT NULL,
	"account_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"subject" text NOT NULL,
	"message" text NOT NULL,
	"context" jsonb NOT NULL,
	"state" text NOT NULL,
	"answer" text,
	"answered_by" text,
	"answered_at" timestamp (3) with time zone,
	CONSTRAINT "support_requests_lane_account_id_id_pk" PRIMARY KEY("lane","account_id","id"),
	CONSTRAINT "support_requests_answered" CHECK (("support_requests"."state" = 'answered') = ("support_requests"."answer" is not null and "support_requests"."answered_at" is not null and "support_requests"."answered_by" is not null))
);
--> statement-breakpoint
CREATE INDEX "support_requests_open" ON "support_requests" USING btree ("asked_at") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "support_requests_asked" ON "support_requests" USING btree ("asked_at","id");