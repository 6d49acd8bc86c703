import { type ComponentProps, type ReactNode, useId } from "react";
import { classes } from "./classes";

interface CheckboxProps extends Omit<ComponentProps<"input">, "id" | "type"> {
  label: string;
  name: string;
  hint?: ReactNode;
}

/** A labelled box to tick; its hint belongs to it for screen readers too. */
export function Checkbox({ label, hint, className, ...input }: CheckboxProps) {
  const id = useId();
  return (
    <div className={classes("flex items-start gap-3", className)}>
      <input
        id={id}
        type="checkbox"
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="mt-0.5 size-5 shrink-0 accent-accent"
        {...input}
      />
      <div className="text-sm">
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        {hint && (
          <p id={`${id}-hint`} className="text-muted">
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}
