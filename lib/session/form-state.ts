/** What a form shows after it was sent. */
export interface FormState {
  ok: boolean;
  /** A sentence for the person: what happened, or what is wrong and what to do. Empty before the first sending. */
  message: string;
  /** What is wrong with single fields, by their names. */
  fields: Record<string, string>;
}

/** A form that has not been sent yet. */
export const unsent: FormState = { ok: false, message: "", fields: {} };
