"use client";

import { useId, useRef, useState } from "react";
import { buttonClasses } from "./button-look";

type Outcome = "none" | "copied" | "selected";

const words: Record<Outcome, string> = {
  none: "",
  copied: "Copied.",
  selected: "Your browser did not allow copying; the text is selected, press Ctrl+C or ⌘C.",
};

/** A text to take along, with a button that copies it; where that is refused it selects the text and says so. */
export function CopyField({ label, value }: { label: string; value: string }) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [outcome, setOutcome] = useState<Outcome>("none");

  async function copy() {
    try {
      await navigator.clipboard.writeText(value);
      setOutcome("copied");
    } catch {
      input.current?.focus();
      input.current?.select();
      setOutcome("selected");
    }
  }

  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="font-medium text-sm">
        {label}
      </label>
      <div className="flex gap-2">
        <input
          ref={input}
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
        {words[outcome]}
      </p>
    </div>
  );
}
