import type { z } from "zod";
import type { Problem } from "@/lib/services/result";
import type { FormState } from "./form-state";

type Parsed<T> = { ok: true; input: T } | { ok: false; state: FormState };

/** Reads what was typed. Files and React's own fields are left out; of a field sent twice the first one counts. */
export function parseForm<T>(schema: z.ZodType<T>, form: FormData): Parsed<T> {
  const typed = new Map<string, string>();
  for (const [name, value] of form) {
    if (typeof value === "string" && !name.startsWith("$") && !typed.has(name)) typed.set(name, value);
  }
  const parsed = schema.safeParse(Object.fromEntries(typed));
  if (parsed.success) return { ok: true, input: parsed.data };
  const fields = new Map<string, string>();
  for (const { path, message } of parsed.error.issues) {
    const name = String(path[0] ?? "");
    if (name && !fields.has(name)) fields.set(name, message);
  }
  const message = fields.size > 0 ? "Nothing was done yet: please correct what is marked." : "The form is incomplete.";
  return { ok: false, state: { ok: false, message, fields: Object.fromEntries(fields) } };
}

/** How a form shows a verb's refusal: at the field it is about, if it names one. */
export const refusedState = ({ detail, path }: Problem): FormState => ({
  ok: false,
  message: detail,
  fields: path ? { [path]: detail } : {},
});
