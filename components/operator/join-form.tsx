"use client";

import { useActionState } from "react";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { SubmitButton } from "@/components/ui/submit-button";
import { type ActAction, unsentAct } from "./act-state";
import { ReasonField } from "./reason-field";

/** Several accounts that are one person's. */
export function JoinForm({ action, accounts }: { action: ActAction; accounts: string }) {
  const [state, send, isSending] = useActionState(action, unsentAct({ accounts }));
  return (
    <form action={send} className="grid max-w-xl gap-4">
      <Field
        label="Accounts"
        name="accounts"
        required
        maxLength={2_000}
        autoComplete="off"
        hint="Two or more names or e-mails, with spaces or commas between."
        readOnly={isSending}
        defaultValue={state.typed.accounts}
        error={state.fields.accounts}
      />
      <ReasonField
        state={state}
        isSending={isSending}
        hint="For the audit log: what shows that they are one person's."
      />
      <FormMessage state={state} />
      <div>
        <SubmitButton pending="Joining…">Join accounts</SubmitButton>
      </div>
    </form>
  );
}
