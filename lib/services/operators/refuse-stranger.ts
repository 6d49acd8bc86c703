import type { Context } from "@/lib/services/context";
import { record } from "./audit";

/** Writes down that somebody who is signed in, and is no operator, sent a form of the operator area. */
export async function refuseStranger(ctx: Context, { email, act }: { email: string; act: string }): Promise<void> {
  const detail = { refused: "not an operator" };
  await ctx.db.transaction((tx) =>
    record(tx, { actor: email, act, subject: "operator area", reason: "not an operator", outcome: "refused", detail }),
  );
}
