import { type ComponentProps, type ReactNode, useId } from "react";
import { classes } from "./classes";

interface FieldProps extends Omit<ComponentProps<"input">, "id"> {
  label: string;
  name: string;
  /** What to enter, shown before anything is wrong. */
  hint?: ReactNode;
  /** What is wrong and what to do. */
  error?: string | undefined;
  /** Shown inside the input before what is typed: "$". */
  prefix?: string;
}

/** A labelled input; hint and error belong to it for screen readers too. */
export function Field({ label, hint, error, prefix, className, ...input }: FieldProps) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div className={classes("grid gap-1", className)}>
      <label htmlFor={id} className="font-medium text-sm">
        {label}
      </label>
      {hint && (
        <p id={`${id}-hint`} className="text-muted text-sm">
          {hint}
        </p>
      )}
      <div
        className={classes(
          "flex min-h-10 items-center rounded-sm border bg-raised focus-within:outline-2 focus-within:outline-accent focus-within:outline-offset-2",
          error ? "border-danger" : "border-edge",
        )}
      >
        {prefix && (
          <span aria-hidden="true" className="pl-3 text-muted">
            {prefix}
          </span>
        )}
        <input
          id={id}
          aria-invalid={error ? true : undefined}
          aria-describedby={described || undefined}
          className={classes("w-full min-w-0 bg-transparent py-2 pr-3 outline-none", prefix ? "pl-1" : "pl-3")}
          {...input}
        />
      </div>
      {error && (
        <p id={`${id}-error`} className="text-danger text-sm">
          {error}
        </p>
      )}
    </div>
  );
}
