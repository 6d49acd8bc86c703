ALTER TABLE "waiting_voids" ADD COLUMN "account_id" uuid;--> statement-breakpoint
UPDATE "waiting_voids" w SET "account_id" = n."account_id" FROM "account_names" n WHERE n."name" = w."subject";--> statement-breakpoint
ALTER TABLE "waiting_voids" ALTER COLUMN "account_id" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "waiting_voids" DROP CONSTRAINT "waiting_voids_lane_source_id_pk";--> statement-breakpoint
ALTER TABLE "waiting_voids" ADD CONSTRAINT "waiting_voids_lane_source_id_account_id_pk" PRIMARY KEY("lane","source","id","account_id");
