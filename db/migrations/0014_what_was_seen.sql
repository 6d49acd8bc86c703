CREATE TABLE "account_visits" (
	"lane" smallint NOT NULL,
	"account_id" uuid NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL,
	"seen_seq" bigint NOT NULL,
	"seen_charged" bigint NOT NULL,
	"before_at" timestamp (3) with time zone,
	"before_seq" bigint,
	"before_charged" bigint,
	"bonus_seen_at" timestamp (3) with time zone,
	CONSTRAINT "account_visits_lane_account_id_pk" PRIMARY KEY("lane","account_id")
);
