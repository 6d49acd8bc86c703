"use client";

import { useActionState } from "react";
import type { SettingsAction, SettingsState } from "@/components/settings/form-shape";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { SubmitButton } from "@/components/ui/submit-button";
import { TextField } from "@/components/ui/text-field";

/** With what was typed: a refused question stays to be corrected. */
export interface AskState extends SettingsState {
  typed: { subject: string; message: string };
}

interface AskFormProps {
  action: SettingsAction<AskState>;
  /** The page it is about. */
  page: string | null;
}

export function AskForm({ action, page }: AskFormProps) {
  const [state, send, isSending] = useActionState(action, {
    ok: false,
    message: "",
    fields: {},
    typed: { subject: "", message: "" },
  });
  return (
    <form action={send} className="grid max-w-xl gap-4">
      {page !== null && <input type="hidden" name="page" value={page} />}
      <Field
        label="In a few words"
        name="subject"
        required
        maxLength={120}
        autoComplete="off"
        readOnly={isSending}
        defaultValue={state.typed.subject}
        error={state.fields.subject}
      />
      <TextField
        label="Your question"
        name="message"
        required
        maxLength={4000}
        hint="What you did, what you expected, what happened instead."
        readOnly={isSending}
        defaultValue={state.typed.message}
        error={state.fields.message}
      />
      <FormMessage state={state} />
      <div>
        <SubmitButton pending="Sending…">Send the question</SubmitButton>
      </div>
    </form>
  );
}
