"use client";

import { useActionState } from "react";
import { Choices } from "@/components/ui/choices";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { SubmitButton } from "@/components/ui/submit-button";
import { type ActAction, unsentAct } from "./act-state";
import type { AloneLimit } from "./alone-hint";
import { AmountField } from "./amount-field";
import { bucketLabels } from "./bucket-labels";
import { ReasonField } from "./reason-field";

interface CreditFormProps {
  action: ActAction;
  /** Names this showing of the form: sent twice, it gives once. */
  attempt: string;
  /** The account to begin with. */
  account: string;
  limit: AloneLimit;
}

/** Credit by hand. */
export function CreditForm({ action, attempt, account, limit }: CreditFormProps) {
  const [state, send, isSending] = useActionState(action, unsentAct({ account, bucket: "promo" }));
  return (
    <form action={send} className="grid max-w-xl gap-4">
      <input type="hidden" name="attempt" value={attempt} />
      <Field
        label="Account"
        name="account"
        required
        maxLength={254}
        autoComplete="off"
        hint="The platform's name for it, or its e-mail."
        readOnly={isSending}
        defaultValue={state.typed.account}
        error={state.fields.account}
      />
      <Choices
        legend="Bucket"
        name="bucket"
        choices={Object.entries(bucketLabels).map(([value, label]) => ({ value, label }))}
        defaultValue={state.typed.bucket}
        error={state.fields.bucket}
      />
      <AmountField state={state} isSending={isSending} limit={limit} what="credit is given" />
      <ReasonField state={state} isSending={isSending} hint="The customer reads it in their statement." />
      <FormMessage state={state} />
      <div>
        <SubmitButton pending="Giving…">Give credit</SubmitButton>
      </div>
    </form>
  );
}
