import { eq } from "drizzle-orm";
import { operators } from "@/db/schema/operators";
import type { Context } from "@/lib/services/context";
import { done, type Result, refused } from "@/lib/services/result";
import { audited } from "./audited";
import { operatorEmail } from "./operator-email";

export type Operator = typeof operators.$inferSelect;

export interface ChangeOperator {
  email: string;
  /** E-mail of the operator who does it, or `command`. */
  actor: string;
  reason: string;
}

/**
 * Makes whoever proves this e-mail by signing in an operator, also somebody who never signed in yet. Refused for what
 * is no address (`invalid`); somebody who is one already stays one.
 */
export function addOperator(ctx: Context, { email, actor, reason }: ChangeOperator): Promise<Result<Operator>> {
  const address = operatorEmail(email);
  const line = { actor, act: "operator.add", subject: address ?? email.slice(0, 254), reason, detail: {} };
  return audited(ctx, line, async ({ db, clock }): Promise<Result<Operator>> => {
    if (address === null) return refused("invalid", `${email} is not an e-mail address`, "email");
    const [added] = await db
      .insert(operators)
      .values({ email: address, addedBy: actor, addedAt: clock() })
      .onConflictDoNothing()
      .returning();
    if (added) return done(added);
    const [known] = await db.select().from(operators).where(eq(operators.email, address));
    return known ? done(known, false) : refused("conflict", `${address} was removed at this moment; try again`);
  });
}
