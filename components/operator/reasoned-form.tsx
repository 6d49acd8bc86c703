"use client";

import { useActionState } from "react";
import { FormMessage } from "@/components/ui/form-message";
import { SubmitButton } from "@/components/ui/submit-button";
import { type ActAction, unsentAct } from "./act-state";
import { ReasonField } from "./reason-field";

interface ReasonedFormProps {
  action: ActAction;
  /** What it is done to, as hidden fields. */
  about: Readonly<Record<string, string | number>>;
  /** What it means. */
  meaning: string;
  label: string;
  pending: string;
  look?: "secondary" | "danger";
}

/** An act that needs nothing but its reason. */
export function ReasonedForm({ action, about, meaning, label, pending, look = "secondary" }: ReasonedFormProps) {
  const [state, send, isSending] = useActionState(action, unsentAct());
  return (
    <form action={send} className="grid max-w-xl gap-3">
      {Object.entries(about).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <p className="text-muted text-sm">{meaning}</p>
      <ReasonField state={state} isSending={isSending} hint="For the audit log." />
      <FormMessage state={state} />
      <div>
        <SubmitButton look={look} small pending={pending}>
          {label}
        </SubmitButton>
      </div>
    </form>
  );
}
