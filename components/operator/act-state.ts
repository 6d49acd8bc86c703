/** What a form of the operator area shows: what came of the last sending, and what was typed then. */
export interface ActState {
  ok: boolean;
  message: string;
  fields: Record<string, string>;
  typed: Record<string, string>;
}

/** A form before it is sent, with what stands in it. */
export const unsentAct = (typed: Record<string, string> = {}): ActState => ({
  ok: false,
  message: "",
  fields: {},
  typed,
});

export type ActAction = (previous: ActState, form: FormData) => Promise<ActState>;
