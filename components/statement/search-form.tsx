import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { isSearch, kindChoices, type StatementView } from "./statement-view";

/** Looks through the statement by address alone: what was found can be kept, sent and gone back to. */
export function SearchForm({ view }: { view: StatementView }) {
  const { typed, errors } = view;
  return (
    <search>
      <form
        method="get"
        action="/statement"
        className="grid grid-cols-2 items-start gap-3 sm:grid-cols-4 lg:grid-cols-[repeat(4,minmax(0,1fr))_auto]"
      >
        <Field
          label="Words"
          name="words"
          type="search"
          maxLength={200}
          autoComplete="off"
          placeholder="rtx4090, grant, pod_abc"
          defaultValue={typed.words}
          className="col-span-2"
        />
        <div className="col-span-2 lg:col-span-3">
          <Select label="What happened" name="kind" choices={kindChoices} defaultValue={typed.kind} />
        </div>
        <Field label="First day" name="from" type="date" defaultValue={typed.from} error={errors.from} />
        <Field label="Last day" name="to" type="date" defaultValue={typed.to} error={errors.to} />
        <Field
          label="At least"
          name="least"
          prefix="$"
          inputMode="decimal"
          autoComplete="off"
          defaultValue={typed.least}
          error={errors.least}
        />
        <Field
          label="At most"
          name="most"
          prefix="$"
          inputMode="decimal"
          autoComplete="off"
          defaultValue={typed.most}
          error={errors.most}
        />
        <div className="col-span-2 flex gap-2 sm:col-span-4 lg:col-span-1 lg:pt-6">
          <Button type="submit">Search</Button>
          {isSearch(view) && <ButtonLink href="/statement">Show all</ButtonLink>}
        </div>
      </form>
    </search>
  );
}
