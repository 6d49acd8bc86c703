"use client";

import { useActionState } from "react";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { SubmitButton } from "@/components/ui/submit-button";
import { type ProfileState, type SettingsAction, unsent } from "./form-shape";

interface ProfileFormProps {
  action: SettingsAction<ProfileState>;
  /** Empty for none. */
  name: string;
  nameMax: number;
}

/** What one is called here. Works before, and without, any script. */
export function ProfileForm({ action, name, nameMax }: ProfileFormProps) {
  const [state, send, isSending] = useActionState(action, { ...unsent, refused: null });
  return (
    <form action={send} className="grid max-w-md content-start gap-4">
      <Field
        label="Name"
        name="name"
        hint="On your receipts, and to the operators. Who follows your referral link is told its first word only where you allow it. Empty for none."
        autoComplete="name"
        maxLength={nameMax}
        readOnly={isSending}
        defaultValue={state.refused ?? name}
        error={state.fields.name}
      />
      <FormMessage state={state} />
      <div>
        <SubmitButton pending="Saving…">Save name</SubmitButton>
      </div>
    </form>
  );
}
