"use client";

import { useActionState } from "react";
import { Choices } from "@/components/ui/choices";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { SubmitButton } from "@/components/ui/submit-button";
import { type ActAction, unsentAct } from "./act-state";
import { ReasonField } from "./reason-field";

interface SettingsFormProps {
  action: ActAction;
  program: string;
  paused: boolean;
  /** Decimal dollars; empty for no limit. */
  budget: string;
}

/** Whether a program gives bonuses now, and how much it may ever give. */
export function SettingsForm({ action, program, paused, budget }: SettingsFormProps) {
  const [state, send, isSending] = useActionState(action, unsentAct({ paused: paused ? "yes" : "no", budget }));
  return (
    <form action={send} className="grid max-w-xl gap-4">
      <input type="hidden" name="program" value={program} />
      <Choices
        legend="The program"
        name="paused"
        choices={[
          { value: "no", label: "Runs" },
          { value: "yes", label: "Is paused" },
        ]}
        defaultValue={state.typed.paused}
        error={state.fields.paused}
      />
      <Field
        label="Budget"
        name="budget"
        prefix="$"
        inputMode="decimal"
        maxLength={16}
        autoComplete="off"
        hint="The most it may ever give, what it gave already included. Leave it empty for no limit."
        readOnly={isSending}
        defaultValue={state.typed.budget}
        error={state.fields.budget}
      />
      <ReasonField state={state} isSending={isSending} hint="For the audit log." />
      <FormMessage state={state} />
      <div>
        <SubmitButton small pending="Changing…">
          Change
        </SubmitButton>
      </div>
    </form>
  );
}
