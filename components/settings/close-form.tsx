"use client";

import { useActionState } from "react";
import { Field } from "@/components/ui/field";
import { FormMessage } from "@/components/ui/form-message";
import { SubmitButton } from "@/components/ui/submit-button";
import { type SettingsAction, type SettingsState, unsent } from "./form-shape";

interface CloseFormProps {
  action: SettingsAction<SettingsState>;
  email: string;
  /** Unspent money as it is shown, "$12.34"; null where there is none to choose about. */
  unspent: string | null;
}

/** The last word: what becomes of the money, and the address typed, so that nobody closes an account by a slip. */
export function CloseForm({ action, email, unspent }: CloseFormProps) {
  const [state, send] = useActionState(action, unsent);
  const wrongChoice = state.fields.paid;
  return (
    <form action={send} className="grid max-w-md gap-5">
      {unspent !== null && (
        <fieldset aria-describedby={wrongChoice ? "paid-error" : undefined} className="grid gap-2">
          <legend className="mb-1 font-medium text-sm">What becomes of {unspent} you have not spent?</legend>
          {[
            { value: "refund", label: "Give it back", about: "To what you paid with. We may need some days." },
            { value: "give_up", label: "Give it up", about: "It is gone for good." },
          ].map(({ value, label, about }) => (
            <label key={value} className="flex cursor-pointer items-baseline gap-2 text-sm">
              <input type="radio" name="paid" value={value} required className="size-4 translate-y-0.5 accent-accent" />
              <span>
                <span className="font-medium">{label}.</span> <span className="text-muted">{about}</span>
              </span>
            </label>
          ))}
          {wrongChoice && (
            <p id="paid-error" className="text-danger text-sm">
              {wrongChoice}
            </p>
          )}
        </fieldset>
      )}
      <Field
        label="Your e-mail address, to confirm"
        name="email"
        type="email"
        autoComplete="off"
        required
        maxLength={254}
        hint={`Type ${email}`}
        error={state.fields.email}
      />
      <FormMessage state={state} />
      <div>
        <SubmitButton look="danger" pending="Closing your account…">
          Close my account for good
        </SubmitButton>
      </div>
    </form>
  );
}
