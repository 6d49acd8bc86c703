import { addAmounts } from "./buckets";

/** One UTC day of a template, or several together. */
export interface TemplateDay {
  /** YYYY-MM-DD: the day, or the first of them. */
  start: string;
  /** Everybody's runtime, in milliseconds, whole. */
  runtimeMs: string;
  /** Others' spend that earns, exact decimal dollars. */
  spend: string;
}

export type TemplateMeasure = "runtime" | "spend";

export const addDay = (sum: TemplateDay, day: TemplateDay): TemplateDay => ({
  start: sum.start,
  runtimeMs: String(BigInt(sum.runtimeMs) + BigInt(day.runtimeMs)),
  spend: addAmounts(sum.spend, day.spend),
});
