"use client";

import type { ReactNode } from "react";
import { useFormStatus } from "react-dom";
import { type ButtonLook, buttonClasses } from "./button-look";

interface SubmitButtonProps extends ButtonLook {
  children: ReactNode;
  /** What it says while the form is being sent: "Opening the payment page…" */
  pending: string;
  className?: string;
  name?: string;
  value?: string;
}

/** Sends its form once: while that runs it says so, and further presses do nothing. */
export function SubmitButton({
  children,
  pending,
  look = "primary",
  small,
  className,
  name,
  value,
}: SubmitButtonProps) {
  const status = useFormStatus();
  return (
    <button
      type="submit"
      name={name}
      value={value}
      // Not `disabled`: the button would lose the keyboard's place while it works.
      aria-disabled={status.pending}
      onClick={(event) => {
        if (status.pending) event.preventDefault();
      }}
      className={buttonClasses({ look, small }, className)}
    >
      <span aria-live="polite">{status.pending ? pending : children}</span>
    </button>
  );
}
