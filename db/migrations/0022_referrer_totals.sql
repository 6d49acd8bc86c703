CREATE TABLE "referrer_moves" (
	"lane" smallint NOT NULL,
	"referrer_lane" smallint NOT NULL,
	"referrer_id" uuid NOT NULL,
	"signed_up" bigint DEFAULT 0 NOT NULL,
	"spending" bigint DEFAULT 0 NOT NULL,
	"qualified" bigint DEFAULT 0 NOT NULL,
	"waiting" bigint DEFAULT 0 NOT NULL,
	"drawn" bigint DEFAULT 0 NOT NULL,
	"taken_back" bigint DEFAULT 0 NOT NULL,
	"amount" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "referrer_totals" (
	"lane" smallint NOT NULL,
	"referrer_id" uuid NOT NULL,
	"signed_up" bigint DEFAULT 0 NOT NULL,
	"spending" bigint DEFAULT 0 NOT NULL,
	"qualified" bigint DEFAULT 0 NOT NULL,
	"waiting" bigint DEFAULT 0 NOT NULL,
	"drawn" bigint DEFAULT 0 NOT NULL,
	"taken_back" bigint DEFAULT 0 NOT NULL,
	"amount" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "referrer_totals_lane_referrer_id_pk" PRIMARY KEY("lane","referrer_id")
);
--> statement-breakpoint
DROP INDEX "accrual_outbox_beneficiary";--> statement-breakpoint
CREATE INDEX "referrer_moves_referrer" ON "referrer_moves" USING btree ("referrer_id");--> statement-breakpoint
CREATE INDEX "accrual_outbox_beneficiary" ON "accrual_outbox" USING btree ("beneficiary_id","template");
--> statement-breakpoint
-- To come: neither drawn nor held for good.
CREATE FUNCTION draw_waits(draw draws) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
  SELECT (draw.state <> 'drawn' AND (draw.held_reason IS NULL
           OR (draw.held_reason <> 'cap' AND NOT starts_with(draw.held_reason, 'refused:'))))::int
$$;
--> statement-breakpoint
-- What is counted, from the rows themselves: what the totals are held against.
CREATE VIEW referrer_counted AS
  SELECT lane, referrer_id, sum(signed_up)::bigint AS signed_up, sum(spending)::bigint AS spending,
         sum(qualified)::bigint AS qualified, sum(waiting)::bigint AS waiting, sum(drawn)::bigint AS drawn,
         sum(taken_back)::bigint AS taken_back, sum(amount)::bigint AS amount
    FROM (SELECT r.referrer_lane AS lane, r.referrer_id, 1 AS signed_up,
                 (w.spent_pod + w.spent_serverless + w.spent_storage > 0)::int AS spending,
                 w.bonus_reached::int AS qualified, 0 AS waiting, 0 AS drawn, 0 AS taken_back, 0 AS amount
            FROM referrals r JOIN wallets w ON w.lane = r.lane AND w.account_id = r.referred_id
           UNION ALL
          SELECT d.beneficiary_lane, d.beneficiary_id, 0, 0, 0,
                 draw_waits(d), (d.state = 'drawn')::int, 0, 0
            FROM draws d WHERE d.kind = 'referral'
           UNION ALL
          SELECT b.lane, b.account_id, 0, 0, 0, 0, 0, (NOT b.posted)::int, CASE WHEN b.posted THEN b.amount ELSE 0 END
            FROM rewards b WHERE b.kind = 'bonus' AND b.trigger_id <> b.account_id) counted
   GROUP BY lane, referrer_id;
--> statement-breakpoint
CREATE VIEW referrer_gathered AS
  SELECT lane, referrer_id, sum(signed_up)::bigint AS signed_up, sum(spending)::bigint AS spending,
         sum(qualified)::bigint AS qualified, sum(waiting)::bigint AS waiting, sum(drawn)::bigint AS drawn,
         sum(taken_back)::bigint AS taken_back, sum(amount)::bigint AS amount
    FROM (SELECT lane, referrer_id, signed_up, spending, qualified, waiting, drawn, taken_back, amount
            FROM referrer_totals
           UNION ALL
          SELECT referrer_lane, referrer_id, signed_up, spending, qualified, waiting, drawn, taken_back, amount
            FROM referrer_moves) both_kinds
   GROUP BY lane, referrer_id;
--> statement-breakpoint
INSERT INTO referrer_totals (lane, referrer_id, signed_up, spending, qualified, waiting, drawn, taken_back, amount)
SELECT lane, referrer_id, signed_up, spending, qualified, waiting, drawn, taken_back, amount FROM referrer_counted;
--> statement-breakpoint
CREATE FUNCTION count_referral() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO referrer_moves (lane, referrer_lane, referrer_id, signed_up, spending, qualified)
  SELECT new.lane, new.referrer_lane, new.referrer_id, 1,
         coalesce((w.spent_pod + w.spent_serverless + w.spent_storage > 0)::int, 0), coalesce(w.bonus_reached::int, 0)
    FROM (VALUES (1)) one LEFT JOIN wallets w ON w.lane = new.lane AND w.account_id = new.referred_id;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER referrals_counted AFTER INSERT ON referrals FOR EACH ROW EXECUTE FUNCTION count_referral();
--> statement-breakpoint
-- An account passes each of these once or twice in its life: the flood pays for the look alone.
CREATE FUNCTION count_spending() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO referrer_moves (lane, referrer_lane, referrer_id, spending, qualified)
  SELECT r.lane, r.referrer_lane, r.referrer_id,
         (new.spent_pod + new.spent_serverless + new.spent_storage > 0)::int
           - (old.spent_pod + old.spent_serverless + old.spent_storage > 0)::int,
         new.bonus_reached::int - old.bonus_reached::int
    FROM referrals r WHERE r.lane = new.lane AND r.referred_id = new.account_id;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER wallets_counted AFTER UPDATE ON wallets FOR EACH ROW
  WHEN ((new.spent_pod + new.spent_serverless + new.spent_storage > 0)
          <> (old.spent_pod + old.spent_serverless + old.spent_storage > 0)
        OR new.bonus_reached <> old.bonus_reached)
  EXECUTE FUNCTION count_spending();
--> statement-breakpoint
CREATE FUNCTION count_draw() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  waiting integer := draw_waits(new) - CASE tg_op WHEN 'UPDATE' THEN draw_waits(old) ELSE 0 END;
  drawn integer := (new.state = 'drawn')::int - CASE tg_op WHEN 'UPDATE' THEN (old.state = 'drawn')::int ELSE 0 END;
BEGIN
  IF waiting <> 0 OR drawn <> 0 THEN
    INSERT INTO referrer_moves (lane, referrer_lane, referrer_id, waiting, drawn)
    VALUES (new.lane, new.beneficiary_lane, new.beneficiary_id, waiting, drawn);
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER draws_counted AFTER INSERT OR UPDATE ON draws FOR EACH ROW
  WHEN (new.kind = 'referral') EXECUTE FUNCTION count_draw();
--> statement-breakpoint
CREATE FUNCTION count_reward() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  taken_back integer := (NOT new.posted)::int - CASE tg_op WHEN 'UPDATE' THEN (NOT old.posted)::int ELSE 0 END;
  amount bigint := CASE WHEN new.posted THEN new.amount ELSE 0 END
    - CASE WHEN tg_op = 'UPDATE' AND old.posted THEN old.amount ELSE 0 END;
BEGIN
  IF taken_back <> 0 OR amount <> 0 THEN
    INSERT INTO referrer_moves (lane, referrer_lane, referrer_id, taken_back, amount)
    VALUES (new.trigger_lane, new.lane, new.account_id, taken_back, amount);
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER rewards_counted AFTER INSERT OR UPDATE ON rewards FOR EACH ROW
  WHEN (new.kind = 'bonus' AND new.trigger_id <> new.account_id) EXECUTE FUNCTION count_reward();
