/** What a form of the funds page shows: what came of the last sending. */
export interface FundsState {
  ok: boolean;
  message: string;
  fields: Record<string, string>;
}

export type FundsAction<State> = (previous: State, form: FormData) => Promise<State>;

export const unsent: FundsState = { ok: false, message: "", fields: {} };
