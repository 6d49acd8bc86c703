"use server";

import { z } from "zod";
import { decision, Reason, text } from "@/app/operator/fields";
import { operatorAction } from "@/app/operator/operator-action";
import type { ActState } from "@/components/operator/act-state";
import { decideApplicationAs } from "@/lib/services/operators/decide-application";

const decide = operatorAction({
  act: "application.decide",
  schema: z.object({ id: text(128), decision: decision("accept", "decline"), reason: Reason }),
  run: ({ ctx, actor, input: { id, decision, reason } }) =>
    decideApplicationAs(ctx, { reference: id, accept: decision === "accept", reason, actor }),
  next: ({ reference }) => `/operator/applications?${new URLSearchParams({ decided: reference })}`,
});

export async function decideOnApplication(previous: ActState, form: FormData): Promise<ActState> {
  return decide(previous, form);
}
