CREATE TABLE "account_closings" (
	"lane" smallint NOT NULL,
	"account_id" uuid NOT NULL,
	"closed_at" timestamp (3) with time zone NOT NULL,
	"paid" text NOT NULL,
	"settled_seq" bigint NOT NULL,
	CONSTRAINT "account_closings_lane_account_id_pk" PRIMARY KEY("lane","account_id")
);
--> statement-breakpoint
-- A closed account stays closed, and what its owner chose stays chosen.
CREATE FUNCTION guard_closing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF tg_op = 'DELETE' OR (new.lane, new.account_id, new.closed_at, new.paid)
                         IS DISTINCT FROM (old.lane, old.account_id, old.closed_at, old.paid) THEN
    RAISE EXCEPTION 'the closing of account % stays', old.account_id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN new;
END $$;
--> statement-breakpoint
CREATE TRIGGER account_closings_kept BEFORE UPDATE OR DELETE ON account_closings
  FOR EACH ROW EXECUTE FUNCTION guard_closing();
