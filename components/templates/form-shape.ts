/** What these forms are told after they were sent. */
export interface TemplateFormState {
  ok: boolean;
  message: string;
  fields: Record<string, string>;
  /** What was sent: a refused name stays to be corrected. */
  typed: { name: string; slug: string };
}

export type TemplateAction = (previous: TemplateFormState, form: FormData) => Promise<TemplateFormState>;

export const unsent = (typed: TemplateFormState["typed"]): TemplateFormState => ({
  ok: false,
  message: "",
  fields: {},
  typed,
});
