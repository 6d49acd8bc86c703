/** What a form of this page says after it was sent. */
export interface NameState {
  ok: boolean;
  message: string;
  fields: Record<string, string>;
}

/** With what was typed, for a refused code to be corrected. */
export interface CodeState extends NameState {
  typed: string;
}

export type ReferralsAction<State> = (previous: State, form: FormData) => Promise<State>;

export const unsent: NameState = { ok: false, message: "", fields: {} };
