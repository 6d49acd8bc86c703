"use client";

import { useActionState } from "react";
import { Choices } from "@/components/ui/choices";
import { FormMessage } from "@/components/ui/form-message";
import { SubmitButton } from "@/components/ui/submit-button";
import { type ActAction, unsentAct } from "./act-state";
import { ReasonField } from "./reason-field";

interface DecisionFormProps {
  action: ActAction;
  /** What is decided about. */
  id: string;
  /** The question: "This bonus". */
  legend: string;
  choices: readonly { value: string; label: string }[];
  /** Who will read the reason. */
  reasonHint: string;
}

/** One of two ways, and why. Nothing is chosen beforehand: a decision is made, not confirmed. */
export function DecisionForm({ action, id, legend, choices, reasonHint }: DecisionFormProps) {
  const [state, send, isSending] = useActionState(action, unsentAct());
  return (
    <form action={send} className="grid max-w-xl gap-3">
      <input type="hidden" name="id" value={id} />
      <Choices
        legend={legend}
        name="decision"
        choices={choices}
        defaultValue={state.typed.decision}
        error={state.fields.decision}
      />
      <ReasonField state={state} isSending={isSending} hint={reasonHint} />
      <FormMessage state={state} />
      <div>
        <SubmitButton small pending="Deciding…">
          Decide
        </SubmitButton>
      </div>
    </form>
  );
}
