import type { Tx } from "@/db/client";
import { auditLog } from "@/db/schema/operators";

/** One act of an operator, also one that was refused. */
export interface OperatorAct {
  /** E-mail of who acted; `key:NAME` for an API key, `command` for a command on the server. */
  actor: string;
  /** Noun and verb: `review.release`, `budget.change`. */
  act: string;
  /** What it was done to: the id or name a reader would look it up by. */
  subject: string;
  /** The operator's, never empty. */
  reason: string;
  outcome: "done" | "refused";
  /** What a reader needs beside: amounts before and after, why it was refused. */
  detail: Readonly<Record<string, string>>;
}

/**
 * Writes an act to the audit log, in the transaction that does it, so that there is no act without its line. A refusal
 * is written too, by a transaction that commits.
 */
export async function record(tx: Tx, { actor, act, subject, reason, outcome, detail }: OperatorAct): Promise<void> {
  await tx.insert(auditLog).values({ at: new Date(), actor, act, subject, reason, outcome, detail });
}
