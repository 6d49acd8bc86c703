"use client";

import { useActionState } from "react";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { SubmitButton } from "@/components/ui/submit-button";
import { type CodeState, type ReferralsAction, unsent } from "./form-shape";

interface CodeFormProps {
  action: ReferralsAction<CodeState>;
  /** What stands before the code in the link. */
  prefix: string;
}

/** Chooses the code of one's own link. Works before, and without, any script. */
export function CodeForm({ action, prefix }: CodeFormProps) {
  const [state, send, isSending] = useActionState(action, { ...unsent, typed: "" });
  return (
    <form action={send} className="grid max-w-md gap-3">
      <Field
        label="A code of your own"
        name="code"
        hint={`4 to 30 letters, digits and hyphens: ${prefix}your-name. Upper and lower case are the same.`}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={40}
        required
        readOnly={isSending}
        defaultValue={state.typed}
        error={state.fields.code}
      />
      <FormMessage state={state} />
      <div>
        <SubmitButton look="secondary" pending="Taking the code…">
          Take this code
        </SubmitButton>
      </div>
    </form>
  );
}
