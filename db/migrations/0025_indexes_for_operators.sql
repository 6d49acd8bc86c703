CREATE INDEX "applications_submitted" ON "applications" USING btree ("submitted_at");--> statement-breakpoint
CREATE INDEX "reviews_other" ON "reviews" USING btree ("other_id");
