CREATE TABLE "balance_marks" (
	"lane" smallint NOT NULL,
	"account_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"through" timestamp (3) with time zone NOT NULL,
	"balances" jsonb NOT NULL,
	CONSTRAINT "balance_marks_lane_account_id_seq_pk" PRIMARY KEY("lane","account_id","seq")
);
--> statement-breakpoint
-- What is: the wallet's row and the other balances say the same as all entries up to the wallet's number. Only at commit
-- does that hold, when everything a transaction posts is written; from then on it never changes.
CREATE FUNCTION mark_balances(of_lane smallint, of_account uuid) RETURNS void LANGUAGE sql AS $$
  INSERT INTO balance_marks (lane, account_id, seq, through, balances)
  SELECT w.lane, w.account_id, w.seq, greatest(b.through, e.latest, p.latest),
         jsonb_build_object('promo', w.promo::text, 'promo.held', w.promo_held::text, 'earned', w.earned::text,
           'market', w.market::text, 'paid', w.paid_net::text, 'debt', w.debt::text,
           'revenue.pod', w.charged_pod::text, 'revenue.serverless', w.charged_serverless::text,
           'revenue.storage', w.charged_storage::text)
         || coalesce((SELECT jsonb_object_agg(o.code, o.balance::text) FROM balances o
                       WHERE o.lane = w.lane AND o.account_id = w.account_id), '{}')
    FROM wallets w
    LEFT JOIN LATERAL (SELECT m.seq, m.through FROM balance_marks m
                        WHERE m.lane = w.lane AND m.account_id = w.account_id ORDER BY m.seq DESC LIMIT 1) b ON true
   CROSS JOIN LATERAL (SELECT max(posted_at) AS latest FROM usage_events
                        WHERE lane = w.lane AND account_id = w.account_id AND seq > coalesce(b.seq, 0)) e
   CROSS JOIN LATERAL (SELECT max(at) AS latest FROM postings
                        WHERE lane = w.lane AND account_id = w.account_id AND seq > coalesce(b.seq, 0)) p
   WHERE w.lane = of_lane AND w.account_id = of_account
  ON CONFLICT DO NOTHING
$$;
--> statement-breakpoint
CREATE FUNCTION mark_wallet() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM mark_balances(new.lane, new.account_id);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER wallets_marked AFTER UPDATE ON wallets DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (new.seq / 1024 <> old.seq / 1024) EXECUTE FUNCTION mark_wallet();
--> statement-breakpoint
SELECT mark_balances(lane, account_id) FROM wallets WHERE seq > 0;
--> statement-breakpoint
CREATE TRIGGER balance_marks_append_only BEFORE UPDATE OR DELETE ON balance_marks
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER balance_marks_kept BEFORE TRUNCATE ON balance_marks
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
