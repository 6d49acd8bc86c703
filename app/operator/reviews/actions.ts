"use server";

import { z } from "zod";
import { decision, Reason } from "@/app/operator/fields";
import { operatorAction } from "@/app/operator/operator-action";
import type { ActState } from "@/components/operator/act-state";
import { decideReview } from "@/lib/services/reviews/decide-review";

const decide = operatorAction({
  act: "review.decide",
  schema: z.object({ id: z.uuid("Open this page anew."), decision: decision("release", "refuse"), reason: Reason }),
  run: ({ ctx, actor, input: { id, decision, reason } }) =>
    decideReview(ctx, { id, release: decision === "release", reason, actor }),
  next: ({ id }) => `/operator/reviews?${new URLSearchParams({ decided: id })}`,
});

export async function decideOnReview(previous: ActState, form: FormData): Promise<ActState> {
  return decide(previous, form);
}
