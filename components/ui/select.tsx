import { type ComponentProps, useId } from "react";

interface SelectProps extends Omit<ComponentProps<"select">, "id"> {
  label: string;
  choices: readonly { value: string; label: string }[];
}

/** A labelled native select. */
export function Select({ label, choices, ...select }: SelectProps) {
  const id = useId();
  return (
    <div className="grid min-w-0 gap-1">
      <label htmlFor={id} className="font-medium text-sm">
        {label}
      </label>
      <select id={id} className="min-h-10 w-full min-w-0 rounded-sm border border-edge bg-raised px-3" {...select}>
        {choices.map(({ value, label: text }) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}
