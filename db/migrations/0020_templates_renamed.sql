CREATE TABLE "template_renames" (
	"template" text NOT NULL,
	"number" integer NOT NULL,
	"before" text NOT NULL,
	"after" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "template_renames_template_number_pk" PRIMARY KEY("template","number")
);

--> statement-breakpoint
CREATE TRIGGER template_renames_append_only BEFORE UPDATE OR DELETE ON template_renames
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- What usage names a template by, whose it is and its terms are fixed; its name may change, and its gate is met once.
CREATE FUNCTION guard_template() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (new.external_id, new.creator_lane, new.creator_id, new.created_at, new.registered_at, new.terms_id)
     IS DISTINCT FROM
     (old.external_id, old.creator_lane, old.creator_id, old.created_at, old.registered_at, old.terms_id)
     OR (old.gate_met_at IS NOT NULL AND new.gate_met_at IS DISTINCT FROM old.gate_met_at) THEN
    RAISE EXCEPTION 'template %: what is fixed stays fixed', old.external_id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN new;
END $$;
--> statement-breakpoint
CREATE TRIGGER templates_fixed BEFORE UPDATE ON templates FOR EACH ROW EXECUTE FUNCTION guard_template();
