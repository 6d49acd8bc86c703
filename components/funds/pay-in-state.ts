/** The choice of an amount that is not among the presets. */
export const OTHER = "other";

/** What the form shows: what came of the last sending, and what was typed then. */
export interface PayInState {
  ok: boolean;
  message: string;
  fields: Record<string, string>;
  typed: { choice: string; amount: string; keep: boolean };
}
