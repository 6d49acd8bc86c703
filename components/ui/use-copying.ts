import { type RefObject, useRef, useState } from "react";

type Outcome = "none" | "copied" | "selected";

const words: Record<Outcome, string> = {
  none: "",
  copied: "Copied.",
  selected: "Your browser did not allow copying; the text is selected, press Ctrl+C or ⌘C.",
};

interface Copying<Field> {
  /** Where the text stands. */
  field: RefObject<Field | null>;
  copy: () => Promise<void>;
  /** What came of it; empty before. */
  said: string;
}

/** Copies the text of a field; where that is refused it selects the text and says so. */
export function useCopying<Field extends HTMLInputElement | HTMLTextAreaElement>(value: string): Copying<Field> {
  const field = useRef<Field>(null);
  const [outcome, setOutcome] = useState<Outcome>("none");

  async function copy() {
    try {
      await navigator.clipboard.writeText(value);
      setOutcome("copied");
    } catch {
      field.current?.focus();
      field.current?.select();
      setOutcome("selected");
    }
  }

  return { field, copy, said: words[outcome] };
}
