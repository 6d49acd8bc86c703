/** What a form of the settings shows: what came of the last sending. */
export interface SettingsState {
  ok: boolean;
  message: string;
  fields: Record<string, string>;
}

/** The same, with what was typed, so that it stays to be corrected. */
export interface LimitsState extends SettingsState {
  typed: { dayMax: string; monthMax: string };
}

/** The same, with a refused name, so that it stays to be corrected; null where none was refused. */
export interface ProfileState extends SettingsState {
  refused: string | null;
}

/** The same, with the key that was made: it is shown once. */
export interface NewKeyState extends SettingsState {
  key: string;
}

export type SettingsAction<State> = (previous: State, form: FormData) => Promise<State>;

export const unsent: SettingsState = { ok: false, message: "", fields: {} };
