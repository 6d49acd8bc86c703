ALTER TABLE "accrual_outbox" DROP CONSTRAINT "accrual_outbox_lane_id_pk";--> statement-breakpoint
ALTER TABLE "wallets" ADD COLUMN "pins" text;--> statement-breakpoint
-- What an account is pinned to, in the order `lib/ledger/pin-row.ts` reads it.
CREATE FUNCTION wallet_pins(of_lane smallint, of_account uuid) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT array_to_string(ARRAY[
           e.id::text, e.program, e.terms_id::text, e.not_eligible, r.id::text, r.referrer_lane::text,
           r.referrer_id::text, r.program, r.terms_id::text, (extract(epoch FROM r.window_end) * 1000)::bigint::text,
           r.void_reason, r.bonus_eligible::text, r.hold, b.amount::text, b.posted::text, b.times::text, m.id::text,
           r.milestone_terms_id::text, m.amount::text, m.posted::text, m.times::text], '|', '')
    FROM enrolments e
    LEFT JOIN referrals r ON r.lane = e.lane AND r.referred_id = e.account_id
    LEFT JOIN rewards b ON b.lane = e.lane AND b.account_id = e.account_id AND b.id = e.id
    LEFT JOIN rewards m ON m.lane = e.lane AND m.account_id = e.account_id AND m.id = r.milestone_id
   WHERE e.lane = of_lane AND e.account_id = of_account
$$;
--> statement-breakpoint
CREATE FUNCTION keep_wallet_pins() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE of_account uuid := CASE tg_table_name WHEN 'referrals' THEN (to_jsonb(new) ->> 'referred_id')::uuid
                                              ELSE (to_jsonb(new) ->> 'account_id')::uuid END;
BEGIN
  UPDATE wallets SET pins = wallet_pins(new.lane, of_account) WHERE lane = new.lane AND account_id = of_account;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER enrolments_pinned AFTER INSERT OR UPDATE ON enrolments FOR EACH ROW EXECUTE FUNCTION keep_wallet_pins();
--> statement-breakpoint
CREATE TRIGGER referrals_pinned AFTER INSERT OR UPDATE ON referrals FOR EACH ROW EXECUTE FUNCTION keep_wallet_pins();
--> statement-breakpoint
CREATE TRIGGER rewards_pinned AFTER INSERT OR UPDATE ON rewards FOR EACH ROW EXECUTE FUNCTION keep_wallet_pins();
--> statement-breakpoint
UPDATE wallets SET pins = wallet_pins(lane, account_id);
