-- What the tables alone cannot say: history is not edited, books balance, draws only go forward.

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% on %: history is append-only; post a reversal instead', tg_op, tg_table_name
    USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
DO $$
DECLARE history text;
BEGIN
  FOREACH history IN ARRAY ARRAY['postings', 'transfers', 'usage_events', 'event_keys', 'prices', 'deposits', 'grants'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()',
      history || '_append_only', history);
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()',
      history || '_kept', history);
  END LOOP;
END $$;
--> statement-breakpoint
ALTER TABLE transfers ADD CONSTRAINT transfers_posting
  FOREIGN KEY (lane, account_id, seq) REFERENCES postings (lane, account_id, seq) DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
-- Transfers balance by construction; that none is missing or added later is judged at commit.
CREATE FUNCTION check_posting_whole() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  expected bigint;
  found bigint;
BEGIN
  SELECT amount INTO expected FROM postings
    WHERE lane = new.lane AND account_id = new.account_id AND seq = new.seq;
  SELECT coalesce(sum(amount), 0) INTO found FROM transfers
    WHERE lane = new.lane AND account_id = new.account_id AND seq = new.seq;
  IF found = 0 OR found IS DISTINCT FROM expected THEN
    RAISE EXCEPTION 'posting % of account % says %, its transfers say %', new.seq, new.account_id, expected, found
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER postings_whole AFTER INSERT ON postings
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_posting_whole();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER transfers_whole AFTER INSERT ON transfers
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_posting_whole();
--> statement-breakpoint
-- Published terms are immutable; a version may only be given its end, once.
CREATE FUNCTION guard_terms() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF tg_op = 'UPDATE' AND old.effective_until IS NULL
     AND (new.id, new.program, new.version, new.effective_from, new.parameters)
       = (old.id, old.program, old.version, old.effective_from, old.parameters) THEN
    RETURN new;
  END IF;
  RAISE EXCEPTION 'terms % % are published and immutable; publish a new version', old.program, old.version
    USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER terms_immutable BEFORE UPDATE OR DELETE ON terms FOR EACH ROW EXECUTE FUNCTION guard_terms();
--> statement-breakpoint
-- A draw goes due → (held | queued) → bound → drawn; what is fixed stays fixed; its round lies ahead by the
-- database's own clock, so a known round can never be chosen.
CREATE FUNCTION guard_draw() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  ahead interval := CASE new.beacon WHEN 'drand' THEN interval '90 seconds' ELSE interval '3 seconds' END;
BEGIN
  IF tg_op = 'DELETE' THEN
    RAISE EXCEPTION 'draw % is kept for ever', old.id USING ERRCODE = 'restrict_violation';
  END IF;
  IF tg_op = 'INSERT' THEN
    IF new.state NOT IN ('due', 'held') THEN
      RAISE EXCEPTION 'a draw begins due or held, not %', new.state USING ERRCODE = 'check_violation';
    END IF;
    RETURN new;
  END IF;
  IF (new.lane, new.id, new.kind, new.trigger_id, new.beneficiary_lane, new.beneficiary_id, new.program, new.terms_id, new.due_at)
     IS DISTINCT FROM
     (old.lane, old.id, old.kind, old.trigger_id, old.beneficiary_lane, old.beneficiary_id, old.program, old.terms_id, old.due_at)
     OR (old.bound_at IS NOT NULL AND
         (new.bound_at, new.beacon, new.chain_id, new.round, new.round_at, new.reserved)
         IS DISTINCT FROM (old.bound_at, old.beacon, old.chain_id, old.round, old.round_at, old.reserved))
     OR old.state = 'drawn' THEN
    RAISE EXCEPTION 'draw %: what is fixed stays fixed', old.id USING ERRCODE = 'restrict_violation';
  END IF;
  IF new.state = 'bound' AND old.state <> 'bound' AND new.round_at < clock_timestamp() + ahead THEN
    RAISE EXCEPTION 'draw %: round % at % is not far enough ahead', old.id, new.round, new.round_at
      USING ERRCODE = 'check_violation';
  END IF;
  IF new.state = 'drawn' AND (old.state <> 'bound' OR clock_timestamp() < old.round_at) THEN
    RAISE EXCEPTION 'draw %: drawn only once its round is out', old.id USING ERRCODE = 'check_violation';
  END IF;
  IF old.state = 'bound' AND new.state NOT IN ('bound', 'drawn') THEN
    RAISE EXCEPTION 'draw %: bound draws are drawn, nothing else', old.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN new;
END $$;
--> statement-breakpoint
CREATE TRIGGER draws_forward BEFORE INSERT OR UPDATE OR DELETE ON draws
  FOR EACH ROW EXECUTE FUNCTION guard_draw();
--> statement-breakpoint
-- Room on each page keeps updates of the running numbers in place (HOT).
ALTER TABLE wallets SET (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.05);
--> statement-breakpoint
ALTER TABLE usage_days SET (fillfactor = 80);
--> statement-breakpoint
ALTER TABLE template_lanes SET (fillfactor = 50);
--> statement-breakpoint
ALTER TABLE template_days SET (fillfactor = 70);
--> statement-breakpoint
-- One face for both forms of posting: classic entries, debit and credit, never zero.
CREATE VIEW ledger_entries AS
  SELECT p.lane, p.account_id, p.seq, t.no * 2 + side.no AS no, p.at, p.kind, p.cause,
         side.code, side.direction, t.amount, p.explains
    FROM postings p
    JOIN transfers t USING (lane, account_id, seq)
   CROSS JOIN LATERAL (VALUES (0, t.debit, 'debit'), (1, t.credit, 'credit')) side (no, code, direction)
  UNION ALL
  SELECT e.lane, e.account_id, e.seq, part.no, e.posted_at, CASE WHEN e.voids_seq IS NULL THEN 'usage' ELSE 'void' END,
         'event:' || e.source || '/' || e.id, part.code,
         CASE WHEN part.amount > 0 THEN 'debit' ELSE 'credit' END, abs(part.amount),
         jsonb_strip_nulls(jsonb_build_object('source', e.source, 'id', e.id, 'service', e.service, 'sku', e.sku,
           'template', e.template, 'resource', e.resource, 'durationMs', e.duration_ms::text,
           'quantityMilli', e.quantity_milli::text, 'endedAt', e.ended_at))
    FROM usage_events e
   CROSS JOIN LATERAL (VALUES (0, 'promo', e.promo), (1, 'earned', e.earned), (2, 'market', e.market),
                              (3, 'paid', e.paid), (4, 'revenue.' || e.service, -e.charge)) part (no, code, amount)
   WHERE part.amount <> 0;
