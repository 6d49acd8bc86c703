"use client";

import { useState } from "react";
import { buttonClasses } from "./button-look";

interface CopyButtonProps {
  /** What is copied; show it beside the button, so that it can be copied by hand. */
  value: string;
  /** What it is, for "Copy …": "the draw's id". */
  what: string;
}

/** Copies a text shown beside it, and says whether that worked. */
export function CopyButton({ value, what }: CopyButtonProps) {
  const [said, setSaid] = useState("");

  async function copy() {
    try {
      await navigator.clipboard.writeText(value);
      setSaid("Copied");
    } catch {
      setSaid("Not allowed here: select it by hand");
    }
  }

  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      <button type="button" onClick={copy} className={buttonClasses({ small: true })}>
        Copy<span className="sr-only"> {what}</span>
      </button>
      <span role="status" className="text-muted text-sm">
        {said}
      </span>
    </span>
  );
}
