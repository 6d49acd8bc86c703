"use client";

import { useActionState } from "react";
import { FormMessage } from "@/components/ui/form-message";
import { SubmitButton } from "@/components/ui/submit-button";

interface ApplyState {
  ok: boolean;
  message: string;
  fields: Record<string, string>;
}

interface ApplyFormProps {
  /** How many applications there were before. */
  attempts: number;
  action: (previous: ApplyState, form: FormData) => Promise<ApplyState>;
}

const unsent: ApplyState = { ok: false, message: "", fields: {} };

/** Asks an operator to release what the beta terms hold. */
export function ApplyForm({ attempts, action }: ApplyFormProps) {
  const [state, send] = useActionState(action, unsent);
  return (
    <form action={send} className="grid max-w-xl gap-3">
      <input type="hidden" name="attempt" value={attempts} />
      <FormMessage state={state} />
      {!state.ok && (
        <div>
          <SubmitButton pending="Applying…">Apply for release</SubmitButton>
        </div>
      )}
    </form>
  );
}
