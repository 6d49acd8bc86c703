import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";

/** Whose money: by address alone, so that the page can be linked to. */
export function RefundAccountForm({ wanted }: { wanted: string }) {
  return (
    <form method="get" action="/operator/refunds" className="flex max-w-2xl flex-wrap items-end gap-3">
      <Field
        label="Account"
        name="account"
        hint="The whole of its name, e-mail, referral code or id."
        required
        maxLength={254}
        autoComplete="off"
        defaultValue={wanted}
        className="grow basis-64"
      />
      <Button type="submit">Show deposits</Button>
    </form>
  );
}
