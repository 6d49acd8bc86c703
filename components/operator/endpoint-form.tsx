"use client";

import { useActionState } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { SubmitButton } from "@/components/ui/submit-button";
import { type SecretAction, unsentAct } from "./act-state";
import { ReasonField } from "./reason-field";
import { SecretOnce } from "./secret-once";

interface EndpointFormProps {
  /** What each kind of message means, by its name. */
  kinds: Readonly<Record<string, string>>;
  action: SecretAction;
}

/** Adds an endpoint, and shows its secret once. */
export function EndpointForm({ kinds, action }: EndpointFormProps) {
  const [state, send, isSending] = useActionState(action, { ...unsentAct(), secret: "" });
  return (
    <div className="grid max-w-3xl gap-4">
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
        <fieldset className="grid gap-3">
          <legend className="font-medium text-sm">Kinds of message</legend>
          <p className="text-muted text-sm">Tick none to be told of all, those that come later too.</p>
          <div className="grid gap-x-8 gap-y-3 sm:grid-cols-2">
            {Object.entries(kinds).map(([kind, meaning]) => (
              <Checkbox
                key={kind}
                name={kind}
                label={kind}
                hint={meaning}
                defaultChecked={state.typed[kind] !== undefined}
              />
            ))}
          </div>
        </fieldset>
        <ReasonField state={state} isSending={isSending} hint="For the audit log." />
        {state.secret === "" && <FormMessage state={state} />}
        <div>
          <SubmitButton pending="Adding…">Add endpoint</SubmitButton>
        </div>
      </form>
    </div>
  );
}
