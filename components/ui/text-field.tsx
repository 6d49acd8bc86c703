import { type ComponentProps, type ReactNode, useId } from "react";
import { classes } from "./classes";

interface TextFieldProps extends Omit<ComponentProps<"textarea">, "id"> {
  label: string;
  name: string;
  /** What to enter, shown before anything is wrong. */
  hint?: ReactNode;
  /** What is wrong and what to do. */
  error?: string | undefined;
}

/** A labelled place for some lines of text; hint and error belong to it for screen readers too. */
export function TextField({ label, hint, error, ...input }: TextFieldProps) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="font-medium text-sm">
        {label}
      </label>
      {hint && (
        <p id={`${id}-hint`} className="text-muted text-sm">
          {hint}
        </p>
      )}
      <textarea
        id={id}
        rows={6}
        aria-invalid={error ? true : undefined}
        aria-describedby={described || undefined}
        className={classes("w-full rounded-sm border bg-raised px-3 py-2", error ? "border-danger" : "border-edge")}
        {...input}
      />
      {error && (
        <p id={`${id}-error`} className="text-danger text-sm">
          {error}
        </p>
      )}
    </div>
  );
}
