import { Field } from "@/components/ui/field";
import type { ActState } from "./act-state";

interface ReasonFieldProps {
  state: ActState;
  isSending: boolean;
  /** Who will read it besides the audit log. */
  hint: string;
}

/** Why: no act of an operator goes without. */
export function ReasonField({ state, isSending, hint }: ReasonFieldProps) {
  return (
    <Field
      label="Reason"
      name="reason"
      required
      maxLength={500}
      autoComplete="off"
      hint={hint}
      // The answer writes back what was sent: nothing typed meanwhile may be lost to it.
      readOnly={isSending}
      defaultValue={state.typed.reason}
      error={state.fields.reason}
    />
  );
}
