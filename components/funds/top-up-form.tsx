"use client";

import { useActionState } from "react";
import { Choices } from "@/components/ui/choices";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { type FundsAction, unsent } from "./form-shape";
import { STOP, type TopUpState, type TypedTopUp } from "./top-up-state";

interface TopUpFormProps {
  action: FundsAction<TopUpState>;
  /** What stands in the fields at first. */
  typed: TypedTopUp;
  isOn: boolean;
  /** The cards that may be charged, the latest first. */
  cards: readonly { id: string; name: string }[];
}

/** When the balance is topped up, by how much, and how often. Works before, and without, any script. */
export function TopUpForm({ action, typed, isOn, cards }: TopUpFormProps) {
  const [state, send, isSending] = useActionState(action, { ...unsent, typed });
  const dollars = {
    prefix: "$",
    inputMode: "decimal",
    autoComplete: "off",
    maxLength: 16,
    readOnly: isSending,
  } as const;
  return (
    <form action={send} className="grid max-w-md gap-4">
      <Field
        {...dollars}
        label="When credit falls below"
        name="threshold"
        hint="All your credit counts: bonuses, what you earned and what you paid in."
        defaultValue={state.typed.threshold}
        error={state.fields.threshold}
      />
      <Choices
        legend="Charge the card"
        name="mode"
        choices={[
          { value: "amount", label: "this amount" },
          { value: "target", label: "up to this credit" },
        ]}
        defaultValue={state.typed.mode}
        error={state.fields.mode}
      />
      <Field
        {...dollars}
        label="Amount"
        name="amount"
        hint="From $5 to $5,000, once an hour at most."
        defaultValue={state.typed.amount}
        error={state.fields.amount}
      />
      <Field
        {...dollars}
        label="At most in a month"
        name="monthMax"
        hint="A calendar month, UTC. Beyond it nothing is charged by itself."
        defaultValue={state.typed.monthMax}
        error={state.fields.monthMax}
      />
      {cards.length > 1 && (
        <Select
          label="Card"
          name="card"
          choices={[
            { value: "", label: "The card saved last" },
            ...cards.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          defaultValue={state.typed.card}
        />
      )}
      <FormMessage state={state} />
      <div className="flex flex-wrap gap-2">
        <SubmitButton pending="Saving…">{isOn ? "Save changes" : "Turn on"}</SubmitButton>
        {isOn && (
          <SubmitButton look="secondary" pending="Turning off…" name="act" value={STOP}>
            Turn off
          </SubmitButton>
        )}
      </div>
    </form>
  );
}
