"use client";

import { useId } from "react";
import { buttonClasses } from "./button-look";
import { useCopying } from "./use-copying";

/** So many characters fit in a line at 390 pixels: rows for browsers that do not size a field by its content. */
const LINE = 40;

const rowsOf = (text: string): number =>
  text.split("\n").reduce((rows, line) => rows + Math.max(1, Math.ceil(line.length / LINE)), 0);

/** Some lines of text to take along, shown whole, with a button that copies them as in `CopyField`. */
export function CopyText({ label, value }: { label: string; value: string }) {
  const id = useId();
  const { field, copy, said } = useCopying<HTMLTextAreaElement>(value);
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="font-medium text-sm">
        {label}
      </label>
      <textarea
        ref={field}
        id={id}
        readOnly
        rows={rowsOf(value)}
        value={value}
        onFocus={(event) => event.currentTarget.select()}
        className="field-sizing-content w-full min-w-0 resize-none rounded-sm border border-edge bg-raised px-3 py-2"
      />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <button type="button" onClick={copy} className={buttonClasses({ small: true })}>
          Copy<span className="sr-only"> {label}</span>
        </button>
        <p role="status" className="text-muted text-sm">
          {said}
        </p>
      </div>
    </div>
  );
}
