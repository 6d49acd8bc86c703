"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import type { TemplateFormState } from "@/components/templates/form-shape";
import { registerOwnTemplate } from "@/lib/services/templates/register-own-template";
import { renameTemplate } from "@/lib/services/templates/rename-template";
import { formAction } from "@/lib/session/form-action";

const typedOf = (form: FormData): TemplateFormState["typed"] => ({
  name: String(form.get("name") ?? ""),
  slug: String(form.get("slug") ?? ""),
});

const register = formAction(
  z.object({ name: z.string().max(256), slug: z.string().max(256) }),
  ({ ctx, account, input }) => registerOwnTemplate(ctx, { creator: account, ...input }),
  ({ name, externalId }) =>
    `${name} is registered as ${externalId}. Pods the platform reports by that id count for it.`,
);

export async function registerTemplate(previous: TemplateFormState, form: FormData): Promise<TemplateFormState> {
  const state = await register(previous, form);
  revalidatePath("/templates");
  return { ...state, typed: state.ok ? { name: "", slug: "" } : typedOf(form) };
}

const rename = formAction(
  z.object({ externalId: z.string().max(256), name: z.string().max(256) }),
  ({ ctx, account, input }) => renameTemplate(ctx, { creator: account, ...input }),
  ({ name }) => `It is called ${name} from now on.`,
);

export async function nameTemplate(previous: TemplateFormState, form: FormData): Promise<TemplateFormState> {
  const state = await rename(previous, form);
  revalidatePath("/templates", "layout");
  return { ...state, typed: typedOf(form) };
}
