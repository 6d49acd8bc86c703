ALTER TABLE "sessions" ADD COLUMN "link_way" text;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "link_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "sign_ins" ADD COLUMN "linked_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "first_way" text;