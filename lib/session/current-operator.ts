import "server-only";
import { notFound } from "next/navigation";
import { db } from "@/db/client";
import { operatorSignedIn } from "@/lib/services/operators/operator-signed-in";
import { refuseAct } from "@/lib/services/operators/refuse-act";
import { context } from "./context";
import { readSession } from "./read-session";

export interface CurrentOperator {
  /** Lower case, proved by the sign-in: what the audit log knows them by. */
  email: string;
}

/** The operator who is signed in, or null. Asked of the database each time, so that who was removed is nobody at once. */
export async function currentOperator(): Promise<CurrentOperator | null> {
  const session = await readSession();
  return session && operatorSignedIn(db(), session.user.id);
}

/** The same for a page; for everybody else there is no such page. */
export async function requireOperator(): Promise<CurrentOperator> {
  return (await currentOperator()) ?? notFound();
}

/**
 * The same for a form; the attempt of somebody else who is signed in is written down, and so is one that comes too
 * long after the sign-in.
 * @returns null when the operator has to sign in again first
 */
export async function requireOperatorFor(act: string): Promise<CurrentOperator | null> {
  const [operator, session] = await Promise.all([currentOperator(), readSession()]);
  if (operator && session?.isFresh) return operator;
  const why = operator ? "signed in too long ago" : "not an operator";
  if (session) await refuseAct(context(), { email: session.user.email, act, why });
  return operator ? null : notFound();
}
