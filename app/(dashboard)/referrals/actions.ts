"use server";

import { z } from "zod";
import { applyForRelease } from "@/lib/services/referrals/apply";
import { formAction } from "@/lib/session/form-action";
import type { FormState } from "@/lib/session/form-state";

const apply = formAction(
  z.object({ attempt: z.coerce.number().int().min(0).max(10_000) }),
  // The same press twice is the same application: its reference counts those before it.
  ({ ctx, account, input: { attempt } }) =>
    applyForRelease(ctx, { account, reference: `dashboard:${account.id}:${attempt}` }),
  "You applied. An operator decides; until then everything stays pending.",
);

export async function applyForBetaRelease(previous: FormState, form: FormData): Promise<FormState> {
  return apply(previous, form);
}
