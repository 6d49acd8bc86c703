"use client";

import { useActionState } from "react";
import { FormMessage } from "@/components/ui/form-message";
import { SubmitButton } from "@/components/ui/submit-button";
import { type SecretAction, unsentAct } from "./act-state";
import { ReasonField } from "./reason-field";
import { SecretOnce } from "./secret-once";

/** Gives an endpoint a new secret, and shows it once. */
export function RotateForm({ action, id }: { action: SecretAction; id: string }) {
  const [state, send, isSending] = useActionState(action, { ...unsentAct(), secret: "" });
  return (
    <div className="grid max-w-xl gap-3">
      <SecretOnce title={state.message} secret={state.secret} />
      <form action={send} className="grid gap-3">
        <input type="hidden" name="id" value={id} />
        <p className="text-muted text-sm">For a day messages are signed with both, the old secret and the new one.</p>
        <ReasonField state={state} isSending={isSending} hint="For the audit log." />
        {state.secret === "" && <FormMessage state={state} />}
        <div>
          <SubmitButton small pending="Making the secret…">
            Make a new secret
          </SubmitButton>
        </div>
      </form>
    </div>
  );
}
