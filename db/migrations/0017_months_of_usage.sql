CREATE TABLE "months_put_away" (
	"month" text PRIMARY KEY NOT NULL,
	"until" timestamp (3) with time zone NOT NULL,
	"events" bigint NOT NULL,
	"put_away_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "usage_put_away" (
	"lane" smallint NOT NULL,
	"account_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"month" text NOT NULL,
	"events" bigint NOT NULL,
	"promo" bigint NOT NULL,
	"earned" bigint NOT NULL,
	"market" bigint NOT NULL,
	"paid" bigint NOT NULL,
	"voids_seq" bigint,
	CONSTRAINT "usage_put_away_lane_account_id_seq_pk" PRIMARY KEY("lane","account_id","seq")
);
--> statement-breakpoint
CREATE INDEX "usage_put_away_month" ON "usage_put_away" USING btree ("month");
--> statement-breakpoint
-- Where the partitions of usage_events stand, once it has any: in a schema of their own, so that nobody has rights on
-- one but through the whole.
CREATE SCHEMA months;
--> statement-breakpoint
CREATE SCHEMA put_away;
--> statement-breakpoint
-- Makes the partitions of the months to come, where there are partitions: by the worker, which may do nothing else to
-- tables. Events go to the month they were posted in, so a month that is over never changes. Attaching an empty table
-- keeps nobody from reading or writing.
CREATE FUNCTION usage_months_ahead(ahead integer, today timestamptz DEFAULT clock_timestamp()) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  top timestamptz;
  after timestamptz;
  made integer := 0;
  part text;
BEGIN
  IF (SELECT relkind FROM pg_class WHERE oid = 'public.usage_events'::regclass) <> 'p' THEN RETURN 0; END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('usage_months', 0));
  SELECT max(substring(pg_get_expr(c.relpartbound, c.oid) FROM 'TO \(''([^'']+)''\)')::timestamptz) INTO top
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'public.usage_events'::regclass;
  WHILE top <= today + make_interval(months => ahead) LOOP
    after := top + interval '1 month';
    part := 'usage_events_' || to_char(top, 'YYYY_MM');
    EXECUTE format('CREATE TABLE months.%I (LIKE public.usage_events INCLUDING ALL,
      PRIMARY KEY (lane, account_id, seq))', part);
    EXECUTE format('CREATE UNIQUE INDEX ON months.%I (lane, account_id, voids_seq) WHERE voids_seq IS NOT NULL', part);
    EXECUTE format('CREATE TRIGGER usage_events_kept BEFORE TRUNCATE ON months.%I
      FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change()', part);
    EXECUTE format('ALTER TABLE public.usage_events ATTACH PARTITION months.%I FOR VALUES FROM (%L) TO (%L)',
      part, top, after);
    top := after;
    made := made + 1;
  END LOOP;
  RETURN made;
END $$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION usage_months_ahead(integer, timestamptz) FROM PUBLIC;
