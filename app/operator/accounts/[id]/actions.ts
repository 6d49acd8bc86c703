"use server";

import { z } from "zod";
import { Reason } from "@/app/operator/fields";
import { operatorAction } from "@/app/operator/operator-action";
import type { ActState } from "@/components/operator/act-state";
import { accountView } from "@/lib/queries/operator/accounts";
import { holdAccount } from "@/lib/services/operators/hold-account";
import { done, refused } from "@/lib/services/result";

const hold = operatorAction({
  act: "account.hold",
  schema: z.object({ id: z.uuid("Open this page anew."), hold: z.enum(["yes", "no"]), reason: Reason }),
  run: async ({ ctx, actor, input: { id, hold, reason } }) => {
    const account = await accountView(id);
    if (!account) return refused("not_found", "There is no such account.");
    const result = await holdAccount(ctx, { account, hold: hold === "yes", actor, reason });
    return result.ok ? done(id) : result;
  },
  next: (id) => `/operator/accounts/${id}`,
});

export async function setHold(previous: ActState, form: FormData): Promise<ActState> {
  return hold(previous, form);
}
