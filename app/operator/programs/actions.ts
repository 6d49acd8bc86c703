"use server";

import { z } from "zod";
import { DollarsOrNone } from "@/app/operator/amount-field";
import { Reason, text } from "@/app/operator/fields";
import { operatorAction } from "@/app/operator/operator-action";
import type { ActState } from "@/components/operator/act-state";
import { changeSettings } from "@/lib/services/programs/change-settings";

const change = operatorAction({
  act: "program.change",
  schema: z.object({
    program: text(64),
    paused: z.enum(["yes", "no"], "Choose one of the two."),
    budget: DollarsOrNone,
    reason: Reason,
  }),
  run: ({ ctx, actor, input: { paused, ...input } }) =>
    changeSettings(ctx, { ...input, paused: paused === "yes", actor }),
  next: ({ program }) => `/operator/programs?${new URLSearchParams({ changed: program })}`,
});

export async function changeProgram(previous: ActState, form: FormData): Promise<ActState> {
  return change(previous, form);
}
