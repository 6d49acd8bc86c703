import { Field } from "@/components/ui/field";
import type { Typed } from "./typed";

interface TypedFieldProps {
  label: string;
  name: string;
  /** "$" before what is typed. */
  isDollars?: boolean;
  /** Whether it may have decimals, as dollars do; without them it is a count. */
  isDecimal?: boolean;
  value: string;
  onType: (value: string) => void;
  /** What it was read as: where it cannot be, the field says what to type. */
  typed: Typed<unknown>;
}

/** A number somebody types, told at once where it is none. */
export function TypedField({
  label,
  name,
  isDollars = false,
  isDecimal = isDollars,
  value,
  onType,
  typed,
}: TypedFieldProps) {
  return (
    <Field
      label={label}
      name={name}
      inputMode={isDecimal ? "decimal" : "numeric"}
      autoComplete="off"
      value={value}
      onChange={(event) => onType(event.target.value)}
      error={typed.ok ? undefined : typed.message}
      {...(isDollars ? { prefix: "$" } : {})}
    />
  );
}
