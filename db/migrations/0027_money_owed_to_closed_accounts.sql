ALTER TABLE "account_closings" ADD COLUMN "owed" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "account_closings_owed" ON "account_closings" USING btree ("closed_at") WHERE owed > 0;--> statement-breakpoint
UPDATE account_closings c SET owed = w.paid_net - w.paid_net % 10000000
  FROM wallets w WHERE w.lane = c.lane AND w.account_id = c.account_id AND c.paid = 'refund' AND w.paid_net > 0;
