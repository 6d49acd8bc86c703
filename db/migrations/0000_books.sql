CREATE TABLE "account_names" (
	"name" text PRIMARY KEY NOT NULL,
	"lane" smallint NOT NULL,
	"account_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "account_owners" (
	"user_id" text PRIMARY KEY NOT NULL,
	"lane" smallint NOT NULL,
	"account_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "accounts" (
	"lane" smallint NOT NULL,
	"id" uuid NOT NULL,
	"external_id" text NOT NULL,
	"named_by_platform" boolean NOT NULL,
	"name" text,
	"email" text,
	"email_verified" boolean DEFAULT false NOT NULL,
	"region" text,
	"status" text DEFAULT 'active' NOT NULL,
	"signed_up_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"referral_code" text NOT NULL,
	"request_digest" text,
	CONSTRAINT "accounts_lane_id_pk" PRIMARY KEY("lane","id")
);
--> statement-breakpoint
CREATE TABLE "first_emails" (
	"email_normal" text PRIMARY KEY NOT NULL,
	"lane" smallint NOT NULL,
	"account_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "referral_codes" (
	"code" text PRIMARY KEY NOT NULL,
	"lane" smallint NOT NULL,
	"account_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "wallets" (
	"lane" smallint NOT NULL,
	"account_id" uuid NOT NULL,
	"seq" bigint DEFAULT 0 NOT NULL,
	"promo" bigint DEFAULT 0 NOT NULL,
	"promo_held" bigint DEFAULT 0 NOT NULL,
	"earned" bigint DEFAULT 0 NOT NULL,
	"market" bigint DEFAULT 0 NOT NULL,
	"paid_net" bigint DEFAULT 0 NOT NULL,
	"debt" bigint DEFAULT 0 NOT NULL,
	"reserved" bigint DEFAULT 0 NOT NULL,
	"deposited" bigint DEFAULT 0 NOT NULL,
	"charged_pod" bigint DEFAULT 0 NOT NULL,
	"charged_serverless" bigint DEFAULT 0 NOT NULL,
	"charged_storage" bigint DEFAULT 0 NOT NULL,
	"spent_pod" bigint DEFAULT 0 NOT NULL,
	"spent_serverless" bigint DEFAULT 0 NOT NULL,
	"spent_storage" bigint DEFAULT 0 NOT NULL,
	"base_pod" bigint DEFAULT 0 NOT NULL,
	"base_serverless" bigint DEFAULT 0 NOT NULL,
	"base_storage" bigint DEFAULT 0 NOT NULL,
	"bonus_reached" boolean DEFAULT false NOT NULL,
	"closed" boolean DEFAULT false NOT NULL,
	"touched_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "wallets_lane_account_id_pk" PRIMARY KEY("lane","account_id"),
	CONSTRAINT "wallets_floors" CHECK (least("wallets"."promo", "wallets"."promo_held", "wallets"."earned", "wallets"."market", "wallets"."debt", "wallets"."reserved", "wallets"."deposited") >= 0),
	CONSTRAINT "wallets_spent" CHECK (least("wallets"."spent_pod", "wallets"."spent_serverless", "wallets"."spent_storage") >= 0),
	CONSTRAINT "wallets_base" CHECK (least("wallets"."base_pod", "wallets"."base_serverless", "wallets"."base_storage") >= 0)
);
--> statement-breakpoint
CREATE TABLE "checkouts" (
	"id" text PRIMARY KEY NOT NULL,
	"lane" smallint NOT NULL,
	"account_id" uuid NOT NULL,
	"amount" bigint NOT NULL,
	"status" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "deposits" (
	"reference" text PRIMARY KEY NOT NULL,
	"lane" smallint NOT NULL,
	"account_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"amount" bigint NOT NULL,
	"method" text NOT NULL,
	"instrument" text,
	"occurred_at" timestamp (3) with time zone NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "grants" (
	"reference" text PRIMARY KEY NOT NULL,
	"lane" smallint NOT NULL,
	"account_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"bucket" text NOT NULL,
	"amount" bigint NOT NULL,
	"reason" text NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "payment_events" (
	"provider" text NOT NULL,
	"event_id" text NOT NULL,
	"type" text NOT NULL,
	"object_id" text NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "payment_events_provider_event_id_pk" PRIMARY KEY("provider","event_id")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"session_token" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"expires" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sign_ins" (
	"user_id" text NOT NULL,
	"type" text NOT NULL,
	"provider" text NOT NULL,
	"provider_account_id" text NOT NULL,
	"refresh_token" text,
	"access_token" text,
	"expires_at" integer,
	"token_type" text,
	"scope" text,
	"id_token" text,
	"session_state" text,
	CONSTRAINT "sign_ins_provider_provider_account_id_pk" PRIMARY KEY("provider","provider_account_id")
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text,
	"email" text NOT NULL,
	"email_verified" timestamp (3) with time zone,
	"image" text,
	CONSTRAINT "users_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "verification_tokens" (
	"identifier" text NOT NULL,
	"token" text NOT NULL,
	"expires" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "verification_tokens_identifier_token_pk" PRIMARY KEY("identifier","token")
);
--> statement-breakpoint
CREATE TABLE "api_keys" (
	"hash" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"scopes" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "balances" (
	"lane" smallint NOT NULL,
	"account_id" uuid NOT NULL,
	"code" text NOT NULL,
	"balance" bigint NOT NULL,
	CONSTRAINT "balances_lane_account_id_code_pk" PRIMARY KEY("lane","account_id","code")
);
--> statement-breakpoint
CREATE TABLE "event_keys" (
	"lane" smallint NOT NULL,
	"source" text NOT NULL,
	"id" text NOT NULL,
	"digest" bigint NOT NULL,
	CONSTRAINT "event_keys_lane_source_id_pk" PRIMARY KEY("lane","source","id")
);
--> statement-breakpoint
CREATE TABLE "postings" (
	"lane" smallint NOT NULL,
	"account_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"kind" text NOT NULL,
	"cause" text NOT NULL,
	"digest" text NOT NULL,
	"amount" bigint NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"explains" jsonb NOT NULL,
	CONSTRAINT "postings_lane_account_id_seq_pk" PRIMARY KEY("lane","account_id","seq")
);
--> statement-breakpoint
CREATE TABLE "quarantine" (
	"lane" smallint NOT NULL,
	"source" text NOT NULL,
	"id" text NOT NULL,
	"subject" text NOT NULL,
	"position" bigint GENERATED ALWAYS AS IDENTITY (sequence name "quarantine_position_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"received_at" timestamp (3) with time zone NOT NULL,
	"reason" text NOT NULL,
	"event" jsonb NOT NULL,
	CONSTRAINT "quarantine_lane_source_id_pk" PRIMARY KEY("lane","source","id")
);
--> statement-breakpoint
CREATE TABLE "transfers" (
	"lane" smallint NOT NULL,
	"account_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"no" smallint NOT NULL,
	"debit" text NOT NULL,
	"credit" text NOT NULL,
	"amount" bigint NOT NULL,
	CONSTRAINT "transfers_lane_account_id_seq_no_pk" PRIMARY KEY("lane","account_id","seq","no"),
	CONSTRAINT "transfers_positive" CHECK ("transfers"."amount" > 0),
	CONSTRAINT "transfers_two_accounts" CHECK ("transfers"."debit" <> "transfers"."credit")
);
--> statement-breakpoint
CREATE TABLE "usage_events" (
	"lane" smallint NOT NULL,
	"account_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"source" text NOT NULL,
	"id" text NOT NULL,
	"posted_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone NOT NULL,
	"service" text NOT NULL,
	"sku" text,
	"quantity_milli" bigint NOT NULL,
	"duration_ms" bigint NOT NULL,
	"resource" text,
	"template" text,
	"price_given" smallint NOT NULL,
	"charge" bigint NOT NULL,
	"promo" bigint NOT NULL,
	"earned" bigint NOT NULL,
	"market" bigint NOT NULL,
	"paid" bigint NOT NULL,
	"voids_seq" bigint,
	CONSTRAINT "usage_events_lane_account_id_seq_pk" PRIMARY KEY("lane","account_id","seq"),
	CONSTRAINT "usage_events_parts" CHECK ("usage_events"."promo" + "usage_events"."earned" + "usage_events"."market" + "usage_events"."paid" = "usage_events"."charge"),
	CONSTRAINT "usage_events_sign" CHECK (case when "usage_events"."voids_seq" is null then least("usage_events"."promo", "usage_events"."earned", "usage_events"."market", "usage_events"."paid") >= 0 else greatest("usage_events"."promo", "usage_events"."earned", "usage_events"."market", "usage_events"."paid") <= 0 end)
);
--> statement-breakpoint
CREATE TABLE "accrual_outbox" (
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "accrual_outbox_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"lane" smallint NOT NULL,
	"beneficiary_lane" smallint NOT NULL,
	"beneficiary_id" uuid NOT NULL,
	"program" text NOT NULL,
	"template" text NOT NULL,
	"accrual" numeric(38, 0) NOT NULL,
	CONSTRAINT "accrual_outbox_lane_id_pk" PRIMARY KEY("lane","id")
);
--> statement-breakpoint
CREATE TABLE "beacon_chains" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "beacon_chains_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"anchor" text NOT NULL,
	"length" integer NOT NULL,
	"last_round" integer DEFAULT 0 NOT NULL,
	"last_round_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "beacon_chains_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "draws" (
	"lane" smallint NOT NULL,
	"id" uuid NOT NULL,
	"kind" text NOT NULL,
	"trigger_id" uuid NOT NULL,
	"beneficiary_lane" smallint NOT NULL,
	"beneficiary_id" uuid NOT NULL,
	"program" text NOT NULL,
	"terms_id" integer NOT NULL,
	"state" text NOT NULL,
	"held_reason" text,
	"due_at" timestamp (3) with time zone NOT NULL,
	"bound_at" timestamp (3) with time zone,
	"beacon" text,
	"chain_id" integer,
	"round" bigint,
	"round_at" timestamp (3) with time zone,
	"drawn_at" timestamp (3) with time zone,
	"randomness" text,
	"signature" text,
	"reserved" bigint,
	"amount" bigint,
	CONSTRAINT "draws_lane_id_pk" PRIMARY KEY("lane","id"),
	CONSTRAINT "draws_future_round" CHECK ("draws"."round_at" >= "draws"."bound_at" + case "draws"."beacon" when 'local' then interval '3 seconds' else interval '90 seconds' end),
	CONSTRAINT "draws_bound_is_whole" CHECK (("draws"."bound_at" is null) = ("draws"."round_at" is null) and ("draws"."bound_at" is null) = ("draws"."round" is null) and ("draws"."bound_at" is null) = ("draws"."beacon" is null)),
	CONSTRAINT "draws_drawn_is_whole" CHECK (("draws"."state" = 'drawn') = ("draws"."drawn_at" is not null and "draws"."randomness" is not null and "draws"."amount" is not null) and ("draws"."drawn_at" is null or "draws"."drawn_at" >= "draws"."round_at"))
);
--> statement-breakpoint
CREATE TABLE "earnings" (
	"lane" smallint NOT NULL,
	"account_id" uuid NOT NULL,
	"program" text NOT NULL,
	"template" text NOT NULL,
	"accrued" numeric(38, 0) NOT NULL,
	"pending" bigint DEFAULT 0 NOT NULL,
	"released" bigint DEFAULT 0 NOT NULL,
	"sweeps" integer NOT NULL,
	CONSTRAINT "earnings_lane_account_id_program_template_pk" PRIMARY KEY("lane","account_id","program","template")
);
--> statement-breakpoint
CREATE TABLE "enrolments" (
	"lane" smallint NOT NULL,
	"account_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"program" text NOT NULL,
	"terms_id" integer NOT NULL,
	"not_eligible" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "enrolments_lane_account_id_pk" PRIMARY KEY("lane","account_id")
);
--> statement-breakpoint
CREATE TABLE "link_follows" (
	"code" text NOT NULL,
	"day" date NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "link_follows_code_day_pk" PRIMARY KEY("code","day")
);
--> statement-breakpoint
CREATE TABLE "program_settings" (
	"program" text PRIMARY KEY NOT NULL,
	"paused" boolean DEFAULT false NOT NULL,
	"budget" bigint,
	"reserved" bigint DEFAULT 0 NOT NULL,
	"spent" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "program_settings_budget" CHECK ("program_settings"."budget" is null or "program_settings"."reserved" + "program_settings"."spent" <= "program_settings"."budget")
);
--> statement-breakpoint
CREATE TABLE "referrals" (
	"lane" smallint NOT NULL,
	"referred_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"referrer_lane" smallint NOT NULL,
	"referrer_id" uuid NOT NULL,
	"program" text NOT NULL,
	"terms_id" integer NOT NULL,
	"window_start" timestamp (3) with time zone NOT NULL,
	"window_end" timestamp (3) with time zone,
	"void_reason" text,
	"bonus_eligible" boolean NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "referrals_lane_referred_id_pk" PRIMARY KEY("lane","referred_id")
);
--> statement-breakpoint
CREATE TABLE "terms" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "terms_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"program" text NOT NULL,
	"version" text NOT NULL,
	"effective_from" timestamp (3) with time zone NOT NULL,
	"effective_until" timestamp (3) with time zone,
	"parameters" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "prices" (
	"sku" text NOT NULL,
	"effective_from" timestamp (3) with time zone NOT NULL,
	"service" text NOT NULL,
	"unit" text NOT NULL,
	"amount" bigint NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "prices_sku_effective_from_pk" PRIMARY KEY("sku","effective_from")
);
--> statement-breakpoint
CREATE TABLE "template_days" (
	"lane" smallint NOT NULL,
	"template" text NOT NULL,
	"day" date NOT NULL,
	"runtime_ms" bigint NOT NULL,
	"spend" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "template_days_template_day_lane_pk" PRIMARY KEY("template","day","lane")
);
--> statement-breakpoint
CREATE TABLE "template_lanes" (
	"lane" smallint NOT NULL,
	"template" text NOT NULL,
	"runtime_ms" bigint NOT NULL,
	"spend" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "template_lanes_template_lane_pk" PRIMARY KEY("template","lane")
);
--> statement-breakpoint
CREATE TABLE "template_users" (
	"lane" smallint NOT NULL,
	"template" text NOT NULL,
	"account_id" uuid NOT NULL,
	CONSTRAINT "template_users_lane_template_account_id_pk" PRIMARY KEY("lane","template","account_id")
);
--> statement-breakpoint
CREATE TABLE "templates" (
	"external_id" text PRIMARY KEY NOT NULL,
	"creator_lane" smallint NOT NULL,
	"creator_id" uuid NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"registered_at" timestamp (3) with time zone NOT NULL,
	"terms_id" integer NOT NULL,
	"gate_met_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "unclaimed_usage" (
	"lane" smallint NOT NULL,
	"template" text NOT NULL,
	"account_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"posted_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "unclaimed_usage_template_lane_account_id_seq_pk" PRIMARY KEY("template","lane","account_id","seq")
);
--> statement-breakpoint
CREATE TABLE "usage_days" (
	"lane" smallint NOT NULL,
	"account_id" uuid NOT NULL,
	"day" date NOT NULL,
	"events" integer NOT NULL,
	"charged_pod" bigint DEFAULT 0 NOT NULL,
	"charged_serverless" bigint DEFAULT 0 NOT NULL,
	"charged_storage" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "usage_days_lane_account_id_day_pk" PRIMARY KEY("lane","account_id","day")
);
--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sign_ins" ADD CONSTRAINT "sign_ins_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "account_owners_account" ON "account_owners" USING btree ("lane","account_id");--> statement-breakpoint
CREATE INDEX "accounts_email" ON "accounts" USING btree ("email");--> statement-breakpoint
CREATE INDEX "accounts_updated" ON "accounts" USING btree ("updated_at");--> statement-breakpoint
CREATE INDEX "checkouts_account" ON "checkouts" USING btree ("account_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "deposits_account" ON "deposits" USING btree ("lane","account_id","seq");--> statement-breakpoint
CREATE UNIQUE INDEX "postings_cause" ON "postings" USING btree ("lane","cause");--> statement-breakpoint
CREATE INDEX "quarantine_subject" ON "quarantine" USING btree ("subject");--> statement-breakpoint
CREATE INDEX "quarantine_received" ON "quarantine" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "accrual_outbox_beneficiary" ON "accrual_outbox" USING btree ("beneficiary_id");--> statement-breakpoint
CREATE INDEX "draws_id" ON "draws" USING btree ("id");--> statement-breakpoint
CREATE INDEX "draws_beneficiary" ON "draws" USING btree ("beneficiary_id","due_at");--> statement-breakpoint
CREATE INDEX "draws_open" ON "draws" USING btree ("due_at") WHERE state <> 'drawn';--> statement-breakpoint
CREATE UNIQUE INDEX "draws_one_new_account" ON "draws" USING btree ("lane","trigger_id") WHERE kind = 'new-account';--> statement-breakpoint
CREATE INDEX "earnings_pending" ON "earnings" USING btree ("template") WHERE pending > 0;--> statement-breakpoint
CREATE INDEX "referrals_referrer" ON "referrals" USING btree ("referrer_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "terms_version" ON "terms" USING btree ("program","version");--> statement-breakpoint
CREATE INDEX "templates_creator" ON "templates" USING btree ("creator_id","external_id");