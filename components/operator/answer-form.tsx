"use client";

import { useActionState } from "react";
import { FormMessage } from "@/components/ui/form-message";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextField } from "@/components/ui/text-field";
import { type ActAction, unsentAct } from "./act-state";

/** The answer to a customer's question; it is sent as it stands. */
export function AnswerForm({ action, id, subject }: { action: ActAction; id: string; subject: string }) {
  const [state, send, isSending] = useActionState(action, unsentAct());
  return (
    <form action={send} className="grid max-w-xl gap-3">
      <input type="hidden" name="id" value={id} />
      <TextField
        label={`Answer to “${subject}”`}
        name="answer"
        required
        maxLength={4000}
        hint="The customer reads it by e-mail and in their list. The audit log keeps it."
        readOnly={isSending}
        defaultValue={state.typed.answer}
        error={state.fields.answer}
      />
      <FormMessage state={state} />
      <div>
        <SubmitButton small pending="Sending…">
          Send the answer
        </SubmitButton>
      </div>
    </form>
  );
}
