"use client";

import { useActionState } from "react";
import { FormMessage } from "@/components/ui/form-message";
import { SubmitButton } from "@/components/ui/submit-button";
import { type NameState, type ReferralsAction, unsent } from "./form-shape";

interface NameFormProps {
  action: ReferralsAction<NameState>;
  firstName: string;
  shown: boolean;
}

/** Lets visitors see the referrer's first name, or no longer. */
export function NameForm({ action, firstName, shown }: NameFormProps) {
  const [state, send] = useActionState(action, unsent);
  return (
    <form action={send} className="grid gap-2">
      <input type="hidden" name="shown" value={shown ? "no" : "yes"} />
      <div>
        <SubmitButton look="secondary" small pending={shown ? "Hiding it…" : "Showing it…"}>
          {shown ? `Hide “${firstName}” from them` : `Show them “${firstName}”`}
        </SubmitButton>
      </div>
      <FormMessage state={state} />
    </form>
  );
}
