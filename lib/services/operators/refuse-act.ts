import type { Context } from "@/lib/services/context";
import { inTransaction } from "@/lib/services/retried";
import { record } from "./audit";

/** Writes down that a form of the operator area was sent by somebody signed in who may not, or not now. */
export async function refuseAct(
  ctx: Context,
  { email, act, why }: { email: string; act: string; why: "not an operator" | "signed in too long ago" },
): Promise<void> {
  await inTransaction(ctx, (tx) =>
    record(tx, {
      actor: email,
      act,
      subject: "operator area",
      reason: why,
      outcome: "refused",
      detail: { refused: why },
    }),
  );
}
