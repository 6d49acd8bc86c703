"use client";

import { useActionState } from "react";
import { CopyField } from "@/components/ui/copy-field";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { type NewKeyState, type SettingsAction, unsent } from "./form-shape";

/** Makes a key and shows it, once. */
export function NewKeyForm({ action, nameMax }: { action: SettingsAction<NewKeyState>; nameMax: number }) {
  const [state, send] = useActionState(action, { ...unsent, key: "" });
  return (
    <div className="grid max-w-xl gap-4">
      <div aria-live="polite">
        {state.key !== "" && (
          <Notice title="Copy the key now: it is shown this once.">
            <p className="mb-3">Whoever has it can read this account. We keep only what recognises it.</p>
            <CopyField key={state.key} label="Your new key" value={state.key} />
          </Notice>
        )}
      </div>
      <form action={send} className="grid max-w-md gap-4">
        <Field
          label="Name"
          name="name"
          required
          maxLength={nameMax}
          autoComplete="off"
          hint="By which you know it: where it is used, such as “spreadsheet”."
          error={state.fields.name}
        />
        {state.key === "" && <FormMessage state={state} />}
        <div>
          <SubmitButton pending="Making the key…" look="secondary">
            Make a key
          </SubmitButton>
        </div>
      </form>
    </div>
  );
}
