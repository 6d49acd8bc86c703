import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { Field } from "@/components/ui/field";

/** Narrows the audit log by address alone: what is found can be linked to. */
export function AuditFilter({
  actor = "",
  subject = "",
}: {
  actor?: string | undefined;
  subject?: string | undefined;
}) {
  return (
    <form method="get" action="/operator/audit" className="flex max-w-3xl flex-wrap items-end gap-3">
      <Field
        label="Actor"
        name="actor"
        hint="An e-mail, key:NAME or command."
        maxLength={254}
        autoComplete="off"
        defaultValue={actor}
        className="grow basis-56"
      />
      <Field
        label="Subject"
        name="subject"
        hint="An account's name, a program, an id."
        maxLength={254}
        autoComplete="off"
        defaultValue={subject}
        className="grow basis-56"
      />
      <Button type="submit">Show</Button>
      {(actor || subject) && (
        <ButtonLink href="/operator/audit" look="quiet">
          Show all
        </ButtonLink>
      )}
    </form>
  );
}
