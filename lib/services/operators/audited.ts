import type { Tx } from "@/db/client";
import type { Context } from "@/lib/services/context";
import { type Result, refused } from "@/lib/services/result";
import { inTransaction } from "@/lib/services/retried";
import { type OperatorAct, record } from "./audit";

/** What is written about an act whatever comes of it. */
type Line = Omit<OperatorAct, "outcome">;

/**
 * Does an act of an operator and writes its line, in one transaction. A refused act leaves nothing but its line, with
 * the refusal in it; one that was done before leaves no second line. What a program sends with a key and is refused is
 * bad input, which changes nothing at all.
 * @param act works on the context it is given: its own transactions become parts of this one.
 * @param nameOf what the act is called where that is known only once it is done
 */
export function audited<T>(
  ctx: Context,
  line: Line,
  act: (ctx: Context) => Promise<Result<T>>,
  nameOf: (value: T) => string = () => line.act,
): Promise<Result<T>> {
  return inTransaction(ctx, async (tx) => {
    const result = await undoneIfRefused(tx, (inner) => act(within(ctx, inner)));
    if (!result.ok) {
      if (line.actor.startsWith("key:")) return result;
      const detail = { ...line.detail, refused: result.problem.detail };
      await record(tx, { ...line, detail, outcome: "refused" });
    } else if (result.created) {
      await record(tx, { ...line, act: nameOf(result.value), outcome: "done" });
    }
    return result;
  });
}

/** A context whose verbs work inside a transaction that is open already. */
const within = (ctx: Context, tx: Tx): Context => ({
  ...ctx,
  db: Object.assign(tx, { $client: ctx.db.$client }),
});

/** Thrown to take back what a refused act did. */
class Undone extends Error {}

async function undoneIfRefused<T>(tx: Tx, run: (inner: Tx) => Promise<Result<T>>): Promise<Result<T>> {
  let result: Result<T> = refused("unavailable", "nothing was decided");
  try {
    await tx.transaction(async (inner) => {
      result = await run(inner);
      if (!result.ok) throw new Undone();
    });
  } catch (error) {
    if (!(error instanceof Undone)) throw error;
  }
  return result;
}
