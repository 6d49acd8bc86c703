"use client";

import { useId } from "react";
import { buttonClasses } from "./button-look";
import { useCopying } from "./use-copying";

/** A text to take along, with a button that copies it; where that is refused it selects the text and says so. */
export function CopyField({ label, value }: { label: string; value: string }) {
  const id = useId();
  const { field, copy, said } = useCopying<HTMLInputElement>(value);
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="font-medium text-sm">
        {label}
      </label>
      <div className="flex gap-2">
        <input
          ref={field}
          id={id}
          readOnly
          value={value}
          onFocus={(event) => event.currentTarget.select()}
          className="min-h-10 w-full min-w-0 rounded-sm border border-edge bg-raised px-3 py-2"
        />
        <button type="button" onClick={copy} className={buttonClasses({ look: "primary" }, "shrink-0")}>
          Copy<span className="sr-only"> {label}</span>
        </button>
      </div>
      <p role="status" className="min-h-5 text-muted text-sm">
        {said}
      </p>
    </div>
  );
}
