import type { Context } from "@/lib/services/context";
import { addOperator } from "@/lib/services/operators/add-operator";
import { listOperators } from "@/lib/services/operators/list-operators";
import { people } from "./people";

/** Makes the personas who run the platform its operators, where it has none at all: who was removed stays removed. */
export async function appointOperators(ctx: Context): Promise<void> {
  if ((await listOperators(ctx.db)).length > 0) return;
  for (const { email } of people.filter(({ isOperator }) => isOperator)) {
    const added = await addOperator(ctx, { email, actor: "command", reason: "runs the demo" });
    if (!added.ok) throw new Error(added.problem.detail);
  }
}
