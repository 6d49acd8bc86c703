"use client";

import { useActionState } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { Choices } from "@/components/ui/choices";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { SubmitButton } from "@/components/ui/submit-button";
import { OTHER, type PayInState } from "./pay-in-state";

interface PayInFormProps {
  action: (previous: PayInState, form: FormData) => Promise<PayInState>;
  /** Dollar amounts to choose from: `value` as it is sent, `label` as it is read. */
  presets: readonly { value: string; label: string }[];
  /** "from $5 to $5,000" */
  bounds: string;
  /** The choice to begin with. */
  chosen: string;
  /** Names this showing of the form, so that sending it twice opens one payment page. */
  attempt: string;
}

/** Chooses how much to pay in and leads to the payment page. Works before, and without, any script. */
export function PayInForm({ action, presets, bounds, chosen, attempt }: PayInFormProps) {
  const [state, send, isSending] = useActionState(action, {
    ok: false,
    message: "",
    fields: {},
    typed: { choice: chosen, amount: "", keep: false },
  });
  return (
    <form action={send} className="group grid max-w-md gap-4">
      <input type="hidden" name="attempt" value={attempt} />
      <Choices
        legend="How much"
        name="choice"
        choices={[...presets, { value: OTHER, label: "Other" }]}
        defaultValue={state.typed.choice}
        error={state.fields.choice}
      />
      <Field
        label="Other amount"
        name="amount"
        prefix="$"
        inputMode="decimal"
        autoComplete="off"
        maxLength={16}
        hint={`In dollars, ${bounds}.`}
        // The answer writes back what was sent: nothing typed meanwhile may be lost to it.
        readOnly={isSending}
        defaultValue={state.typed.amount}
        error={state.fields.amount}
        className="hidden group-has-[[value=other]:checked]:grid"
      />
      <Checkbox
        name="keep"
        label="Keep the card"
        hint="For later payments and for automatic top-up. You can remove it at any time."
        defaultChecked={state.typed.keep}
      />
      <FormMessage state={state} />
      <div>
        <SubmitButton pending="Opening the payment page…">Continue to payment</SubmitButton>
      </div>
    </form>
  );
}
