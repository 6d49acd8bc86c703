"use client";

import { useActionState } from "react";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { SubmitButton } from "@/components/ui/submit-button";
import { type LimitsState, type SettingsAction, unsent } from "./form-shape";

interface LimitsFormProps {
  action: SettingsAction<LimitsState>;
  /** Decimal dollars; empty for no limit. */
  dayMax: string;
  monthMax: string;
}

const fields = [
  { name: "dayMax", label: "A day", hint: "From midnight to midnight, UTC. Empty for no limit." },
  { name: "monthMax", label: "A month", hint: "A calendar month, UTC. Empty for no limit." },
] as const;

/** How much may be spent before new work is refused. Works before, and without, any script. */
export function LimitsForm({ action, dayMax, monthMax }: LimitsFormProps) {
  const [state, send, isSending] = useActionState(action, { ...unsent, typed: { dayMax, monthMax } });
  return (
    <form action={send} className="grid max-w-md gap-4">
      {fields.map(({ name, label, hint }) => (
        <Field
          key={name}
          label={label}
          name={name}
          prefix="$"
          inputMode="decimal"
          autoComplete="off"
          maxLength={16}
          hint={hint}
          // The answer writes back what was sent: nothing typed meanwhile may be lost to it.
          readOnly={isSending}
          defaultValue={state.typed[name]}
          error={state.fields[name]}
        />
      ))}
      <FormMessage state={state} />
      <div>
        <SubmitButton pending="Setting the limits…">Set limits</SubmitButton>
      </div>
    </form>
  );
}
