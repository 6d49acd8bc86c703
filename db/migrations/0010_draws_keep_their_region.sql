-- The region chooses the odds of a fixed bonus: as fixed as the terms, from the moment the draw is due.
CREATE OR REPLACE FUNCTION guard_draw() RETURNS trigger LANGUAGE plpgsql AS $$
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
  IF (new.lane, new.id, new.kind, new.trigger_id, new.beneficiary_lane, new.beneficiary_id, new.program, new.terms_id, new.region, new.due_at)
     IS DISTINCT FROM
     (old.lane, old.id, old.kind, old.trigger_id, old.beneficiary_lane, old.beneficiary_id, old.program, old.terms_id, old.region, old.due_at)
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
