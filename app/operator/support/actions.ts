"use server";

import { z } from "zod";
import { operatorAction } from "@/app/operator/operator-action";
import type { ActState } from "@/components/operator/act-state";
import { answerQuestion } from "@/lib/services/support/answer";

const Answer = z
  .string()
  .transform((text) =>
    text
      .replace(/\r\n?/g, "\n")
      .replace(/[^\P{Cc}\n\t]/gu, "")
      .trim(),
  )
  .pipe(z.string().min(1, "Write the answer.").max(4_000, "Keep it within 4000 characters."));

const answer = operatorAction({
  act: "support.answer",
  schema: z.object({ id: z.uuid("Open this page anew."), answer: Answer }),
  run: ({ ctx, actor, input }) => answerQuestion(ctx, { ...input, actor }),
  next: ({ id }) => `/operator/support?${new URLSearchParams({ answered: id })}`,
});

export async function sendAnswer(previous: ActState, form: FormData): Promise<ActState> {
  return answer(previous, form);
}
