CREATE INDEX "cluster_joins_account" ON "cluster_joins" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "cluster_joins_cluster" ON "cluster_joins" USING btree ("cluster_id");