import type { ReactNode } from "react";
import { classes } from "./classes";

interface Choice {
  value: string;
  label: ReactNode;
}

interface ChoicesProps {
  legend: string;
  name: string;
  choices: readonly Choice[];
  defaultValue?: string | undefined;
  error?: string | undefined;
  className?: string;
}

/** One of a few, all visible: a radio group drawn as keys in a row. */
export function Choices({ legend, name, choices, defaultValue, error, className }: ChoicesProps) {
  return (
    <fieldset className={classes("grid gap-1", className)}>
      <legend className="mb-1 font-medium text-sm">{legend}</legend>
      <div className="flex flex-wrap gap-2">
        {choices.map(({ value, label }) => (
          <label
            key={value}
            className="flex min-h-10 min-w-16 cursor-pointer items-center justify-center rounded-sm border border-edge bg-raised px-4 font-medium hover:border-ink has-checked:border-accent has-checked:bg-accent has-checked:text-on-accent has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2"
          >
            <input type="radio" name={name} value={value} defaultChecked={value === defaultValue} className="sr-only" />
            {label}
          </label>
        ))}
      </div>
      {error && <p className="text-danger text-sm">{error}</p>}
    </fieldset>
  );
}
