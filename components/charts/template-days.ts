/** One UTC day of a template. */
export interface TemplateDay {
  /** YYYY-MM-DD */
  day: string;
  /** Everybody's runtime, in milliseconds, whole. */
  runtimeMs: string;
  /** Others' paid spend, exact decimal dollars. */
  spend: string;
}

export type TemplateMeasure = "runtime" | "spend";
