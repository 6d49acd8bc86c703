CREATE TABLE "template_totals" (
	"lane" smallint NOT NULL,
	"template" text NOT NULL,
	"runtime_ms" bigint NOT NULL,
	"spend" bigint DEFAULT 0 NOT NULL,
	"users" integer NOT NULL,
	CONSTRAINT "template_totals_lane_template_pk" PRIMARY KEY("lane","template")
);
--> statement-breakpoint
ALTER TABLE "accrual_outbox" ADD COLUMN "day" date;--> statement-breakpoint
ALTER TABLE "accrual_outbox" ADD COLUMN "runtime_ms" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "accrual_outbox" ADD COLUMN "spend" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "accrual_outbox" ADD COLUMN "users" uuid[];
--> statement-breakpoint
-- A template's use is gathered in one row, in its creator's lane, and so are its users.
UPDATE template_users u SET lane = t.creator_lane FROM templates t WHERE t.external_id = u.template;
--> statement-breakpoint
INSERT INTO template_totals (lane, template, runtime_ms, spend, users)
SELECT t.creator_lane, t.external_id, sum(l.runtime_ms), sum(l.spend),
       (SELECT count(*) FROM template_users u WHERE u.template = t.external_id)
  FROM template_lanes l JOIN templates t ON t.external_id = l.template GROUP BY t.creator_lane, t.external_id;
--> statement-breakpoint
DROP TABLE template_lanes;
--> statement-breakpoint
ALTER TABLE template_totals SET (fillfactor = 70);
--> statement-breakpoint
ALTER TABLE "wallets" ADD COLUMN "open_day" date;--> statement-breakpoint
ALTER TABLE "wallets" ADD COLUMN "day_events" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "wallets" ADD COLUMN "day_pod" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "wallets" ADD COLUMN "day_serverless" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "wallets" ADD COLUMN "day_storage" bigint DEFAULT 0 NOT NULL;
--> statement-breakpoint
-- Charges by day: those that ended, and the one each wallet still keeps.
CREATE VIEW account_days AS
  SELECT lane, account_id, day, events, charged_pod, charged_serverless, charged_storage FROM usage_days
  UNION ALL
  SELECT lane, account_id, open_day, day_events, day_pod, day_serverless, day_storage
    FROM wallets WHERE open_day IS NOT NULL;
--> statement-breakpoint
-- What each template gathered, what is on its way there included.
CREATE VIEW template_gathered AS
  SELECT t.external_id AS template, coalesce(g.runtime_ms, 0) + coming.runtime_ms AS runtime_ms,
         coalesce(g.spend, 0) + coming.spend AS spend, coalesce(g.users, 0) + coming.users AS users
    FROM templates t
    LEFT JOIN template_totals g ON g.lane = t.creator_lane AND g.template = t.external_id
   CROSS JOIN LATERAL (
      SELECT coalesce(sum(o.runtime_ms), 0)::bigint AS runtime_ms, coalesce(sum(o.spend), 0)::bigint AS spend,
             (SELECT count(DISTINCT u.id) FROM accrual_outbox n CROSS JOIN unnest(n.users) AS u (id)
               WHERE n.beneficiary_id = t.creator_id AND n.template = t.external_id
                 AND NOT EXISTS (SELECT FROM template_users k WHERE k.lane = t.creator_lane
                                    AND k.template = t.external_id AND k.account_id = u.id)) AS users
        FROM accrual_outbox o
       WHERE o.beneficiary_id = t.creator_id AND o.template = t.external_id) coming;
--> statement-breakpoint
CREATE VIEW template_gathered_days AS
  SELECT template, day, runtime_ms, spend FROM template_days
  UNION ALL
  SELECT o.template, o.day, o.runtime_ms, o.spend
    FROM templates t JOIN accrual_outbox o ON o.beneficiary_id = t.creator_id AND o.template = t.external_id
   WHERE o.day IS NOT NULL;
