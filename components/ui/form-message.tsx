import { Notice } from "./notice";

interface FormMessageProps {
  /** What came of the last sending; an empty message shows nothing. */
  state: { ok: boolean; message: string };
}

/** The answer to a form, said aloud when it comes. */
export function FormMessage({ state }: FormMessageProps) {
  // The region is there before its words are: an announcement needs a place that was already known.
  return (
    <div aria-live="polite">
      {state.message !== "" && <Notice look={state.ok ? "info" : "danger"} title={state.message} />}
    </div>
  );
}
