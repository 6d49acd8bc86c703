import { eq } from "drizzle-orm";
import { operators } from "@/db/schema/operators";
import type { Context } from "@/lib/services/context";
import { done, type Result, refused } from "@/lib/services/result";
import type { ChangeOperator, Operator } from "./add-operator";
import { audited } from "./audited";

/** Ends somebody's being an operator, from their next request on. Refused where they are none (`not_found`). */
export function removeOperator(ctx: Context, { email, actor, reason }: ChangeOperator): Promise<Result<Operator>> {
  const address = email.trim().toLowerCase().slice(0, 254);
  const line = { actor, act: "operator.remove", subject: address, reason, detail: {} };
  return audited(ctx, line, async ({ db }): Promise<Result<Operator>> => {
    const [removed] = await db.delete(operators).where(eq(operators.email, address)).returning();
    return removed ? done(removed) : refused("not_found", `${address} is no operator`, "email");
  });
}
