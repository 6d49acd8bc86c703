"use client";

import { useActionState } from "react";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { SubmitButton } from "@/components/ui/submit-button";
import { type TemplateAction, unsent } from "./form-shape";

/** Registers a template of one's own. Works before, and without, any script. @param namespace how its id begins */
export function RegisterForm({ action, namespace }: { action: TemplateAction; namespace: string }) {
  const [state, send, isSending] = useActionState(action, unsent({ name: "", slug: "" }));
  return (
    <form action={send} className="grid max-w-xl gap-4">
      <Field
        label="Name"
        name="name"
        hint="What people read. You can change it later."
        autoComplete="off"
        maxLength={80}
        required
        readOnly={isSending}
        defaultValue={state.typed.name}
        error={state.fields.name}
      />
      <Field
        label="Id"
        name="slug"
        hint={
          <>
            The platform reports pods by it, and it never changes:{" "}
            <code className="inline-block max-w-full break-all align-bottom">{namespace}/…</code> in small letters,
            digits, dots and hyphens.
          </>
        }
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={64}
        required
        readOnly={isSending}
        defaultValue={state.typed.slug}
        error={state.fields.slug}
      />
      <FormMessage state={state} />
      <div>
        <SubmitButton pending="Registering…">Register</SubmitButton>
      </div>
    </form>
  );
}
