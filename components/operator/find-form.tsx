import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";

/** Looks for an account by address alone, so that what was found can be linked to. */
export function FindForm({ wanted }: { wanted: string }) {
  return (
    <form method="get" action="/operator/accounts" className="flex max-w-2xl flex-wrap items-end gap-3">
      <Field
        label="Account"
        name="q"
        hint="The whole of its name, e-mail, referral code or id."
        required
        maxLength={254}
        autoComplete="off"
        defaultValue={wanted}
        className="grow basis-64"
      />
      <Button type="submit">Find</Button>
    </form>
  );
}
