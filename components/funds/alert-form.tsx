"use client";

import { useActionState } from "react";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { SubmitButton } from "@/components/ui/submit-button";
import { type FundsAction, unsent } from "./form-shape";
import type { AlertState } from "./top-up-state";

/** Below how much credit its owner wants to be told. Works before, and without, any script. */
export function AlertForm({ action, lowBelow }: { action: FundsAction<AlertState>; lowBelow: string }) {
  const [state, send, isSending] = useActionState(action, { ...unsent, typed: { lowBelow } });
  return (
    <form action={send} className="grid max-w-md gap-4">
      <Field
        label="Tell me when credit falls below"
        name="lowBelow"
        prefix="$"
        inputMode="decimal"
        autoComplete="off"
        maxLength={16}
        hint="Empty for no such message. That credit is used up, or has recovered, is told in any case."
        // The answer writes back what was sent: nothing typed meanwhile may be lost to it.
        readOnly={isSending}
        defaultValue={state.typed.lowBelow}
        error={state.fields.lowBelow}
      />
      <FormMessage state={state} />
      <div>
        <SubmitButton look="secondary" pending="Setting the alert…">
          Set alert
        </SubmitButton>
      </div>
    </form>
  );
}
