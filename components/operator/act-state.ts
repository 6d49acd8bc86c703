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

/** The same, with a secret that is shown this once; empty where none was made. */
export interface SecretState extends ActState {
  secret: string;
}

export type SecretAction = (previous: SecretState, form: FormData) => Promise<SecretState>;
