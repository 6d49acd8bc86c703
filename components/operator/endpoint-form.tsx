"use client";

import { useActionState } from "react";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { SubmitButton } from "@/components/ui/submit-button";
import { type SecretAction, unsentAct } from "./act-state";
import { ReasonField } from "./reason-field";
import { SecretOnce } from "./secret-once";

/** Adds an endpoint, and shows its secret once. */
export function EndpointForm({ action }: { action: SecretAction }) {
  const [state, send, isSending] = useActionState(action, { ...unsentAct(), secret: "" });
  return (
    <div className="grid max-w-xl gap-4">
      <SecretOnce title={state.message} secret={state.secret} />
      <form action={send} className="grid gap-4">
        <Field
          label="Address"
          name="url"
          required
          maxLength={2_000}
          inputMode="url"
          autoComplete="off"
          hint="It must begin with https:// and lead to the public network. Redirects are not followed."
          readOnly={isSending}
          defaultValue={state.typed.url}
          error={state.fields.url}
        />
        <Field
          label="Kinds of message"
          name="types"
          maxLength={1_000}
          autoComplete="off"
          hint="Names with spaces between, such as “bonus.drawn deposit.settled”. Leave it empty for all."
          readOnly={isSending}
          defaultValue={state.typed.types}
          error={state.fields.types}
        />
        <ReasonField state={state} isSending={isSending} hint="For the audit log." />
        {state.secret === "" && <FormMessage state={state} />}
        <div>
          <SubmitButton pending="Adding…">Add endpoint</SubmitButton>
        </div>
      </form>
    </div>
  );
}
