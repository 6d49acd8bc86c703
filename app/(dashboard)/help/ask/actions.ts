"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import type { AskState } from "@/components/support/ask-form";
import { ask } from "@/lib/services/support/ask";
import { pageNamed } from "@/lib/services/support/support-context";
import { formAction } from "@/lib/session/form-action";

/** Lines of text, without what no screen shows. */
const lines = (lengthMax: number, missing: string) =>
  z
    .string()
    .transform((text) =>
      text
        .replace(/\r\n?/g, "\n")
        .replace(/[^\P{Cc}\n\t]/gu, "")
        .trim(),
    )
    .pipe(z.string().min(1, missing).max(lengthMax, `Keep it within ${lengthMax} characters.`));

const Question = z.object({
  subject: lines(120, "Say in a few words what it is about.").transform((text) => text.replace(/\s+/g, " ")),
  message: lines(4_000, "Write your question."),
  page: z.string().max(300).optional(),
});

const send = formAction(
  Question,
  ({ ctx, account, input: { page, ...question } }) => ask(ctx, { account, ...question, page: pageNamed(page) }),
  "Your question is in the operator's inbox. The answer comes by e-mail, and stands here and in your notifications.",
);

export async function sendQuestion(previous: AskState, form: FormData): Promise<AskState> {
  const state = await send(previous, form);
  revalidatePath("/help/ask");
  const text = (name: string) => (state.ok ? "" : String(form.get(name) ?? ""));
  return { ...state, typed: { subject: text("subject"), message: text("message") } };
}
