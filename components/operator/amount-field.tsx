import { Field } from "@/components/ui/field";
import type { ActState } from "./act-state";
import { type AloneLimit, aloneHint } from "./alone-hint";

interface AmountFieldProps {
  state: ActState;
  isSending: boolean;
  limit: AloneLimit;
  /** How the hint goes on: "credit is given". */
  what: string;
}

/** How much an operator gives, and how much of that they may alone. */
export function AmountField({ state, isSending, limit, what }: AmountFieldProps) {
  return (
    <Field
      label="Amount"
      name="amount"
      prefix="$"
      inputMode="decimal"
      required
      maxLength={16}
      autoComplete="off"
      hint={aloneHint(limit, what)}
      readOnly={isSending}
      defaultValue={state.typed.amount}
      error={state.fields.amount}
    />
  );
}
