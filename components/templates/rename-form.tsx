"use client";

import { useActionState } from "react";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { SubmitButton } from "@/components/ui/submit-button";
import { type TemplateAction, unsent } from "./form-shape";

/** Gives a template another name. Works before, and without, any script. */
export function RenameForm({ action, externalId, name }: { action: TemplateAction; externalId: string; name: string }) {
  const [state, send, isSending] = useActionState(action, unsent({ name, slug: "" }));
  return (
    <form action={send} className="grid max-w-xl gap-4">
      <input type="hidden" name="externalId" value={externalId} />
      <Field
        label="Name"
        name="name"
        hint="Its id, its terms and what it earned stay. Every name it had is remembered."
        autoComplete="off"
        maxLength={80}
        required
        readOnly={isSending}
        defaultValue={state.typed.name}
        error={state.fields.name}
      />
      <FormMessage state={state} />
      <div>
        <SubmitButton look="secondary" pending="Renaming…">
          Rename
        </SubmitButton>
      </div>
    </form>
  );
}
