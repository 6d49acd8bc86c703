CREATE TABLE "receipt_years" (
	"year" smallint PRIMARY KEY NOT NULL,
	"last" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "receipts" (
	"year" smallint NOT NULL,
	"no" integer NOT NULL,
	"lane" smallint NOT NULL,
	"account_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"kind" text NOT NULL,
	"deposit_reference" text NOT NULL,
	"issued_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "receipts_year_no_pk" PRIMARY KEY("year","no")
);
--> statement-breakpoint
CREATE TABLE "sellers" (
	"effective_from" timestamp (3) with time zone PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"address" text[] NOT NULL,
	"tax_id" text
);
--> statement-breakpoint
CREATE UNIQUE INDEX "receipts_posting" ON "receipts" USING btree ("lane","account_id","seq");--> statement-breakpoint
CREATE INDEX "receipts_deposit" ON "receipts" USING btree ("deposit_reference");
--> statement-breakpoint
-- Numbers are given at commit, last of all: the year's row is locked for no longer than the commit takes, and a number
-- whose transaction fails was never given. Run as the owner: no process may give or change one itself.
CREATE FUNCTION give_receipt() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  of_year smallint := extract(year FROM new.recorded_at AT TIME ZONE 'UTC');
  given integer;
  row_of jsonb := to_jsonb(new);
BEGIN
  INSERT INTO receipt_years AS y (year, last) VALUES (of_year, 1)
  ON CONFLICT (year) DO UPDATE SET last = y.last + 1 RETURNING y.last INTO given;
  INSERT INTO receipts (year, no, lane, account_id, seq, kind, deposit_reference, issued_at)
  VALUES (of_year, given, new.lane, new.account_id, new.seq, coalesce(row_of ->> 'reason', 'deposit'),
          coalesce(row_of ->> 'deposit_reference', new.reference), new.recorded_at);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER deposits_receipted AFTER INSERT ON deposits DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION give_receipt();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER reversals_receipted AFTER INSERT ON reversals DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION give_receipt();
--> statement-breakpoint
-- What was recorded before there were receipts has its own, in the order it was recorded.
INSERT INTO receipts (year, no, lane, account_id, seq, kind, deposit_reference, issued_at)
SELECT year, row_number() OVER (PARTITION BY year ORDER BY recorded_at, lane, account_id, seq), lane, account_id, seq,
       kind, deposit_reference, recorded_at
  FROM (SELECT extract(year FROM recorded_at AT TIME ZONE 'UTC')::smallint AS year, lane, account_id, seq,
               'deposit' AS kind, reference AS deposit_reference, recorded_at FROM deposits
        UNION ALL
        SELECT extract(year FROM recorded_at AT TIME ZONE 'UTC')::smallint, lane, account_id, seq, reason,
               deposit_reference, recorded_at FROM reversals) recorded;
--> statement-breakpoint
INSERT INTO receipt_years (year, last) SELECT year, max(no) FROM receipts GROUP BY year;
--> statement-breakpoint
DO $$
DECLARE history text;
BEGIN
  FOREACH history IN ARRAY ARRAY['receipts', 'sellers'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()',
      history || '_append_only', history);
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()',
      history || '_kept', history);
  END LOOP;
END $$;
--> statement-breakpoint
CREATE FUNCTION guard_receipt_year() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF tg_op = 'DELETE' OR new.year <> old.year OR new.last <> old.last + 1 THEN
    RAISE EXCEPTION 'receipts of %: numbers go up by one', old.year USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN new;
END $$;
--> statement-breakpoint
CREATE TRIGGER receipt_years_forward BEFORE UPDATE OR DELETE ON receipt_years
  FOR EACH ROW EXECUTE FUNCTION guard_receipt_year();
--> statement-breakpoint
CREATE TRIGGER receipt_years_kept BEFORE TRUNCATE ON receipt_years
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
