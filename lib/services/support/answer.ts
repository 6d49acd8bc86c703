import { eq } from "drizzle-orm";
import { supportRequests } from "@/db/schema/support";
import { notifyChanged } from "@/lib/live/notify";
import type { Context } from "@/lib/services/context";
import { notify } from "@/lib/services/notifications/notify";
import { audited } from "@/lib/services/operators/audited";
import { done, type Result, refused } from "@/lib/services/result";

export interface Answer {
  id: string;
  /** For the customer to read. */
  answer: string;
  /** E-mail of the operator. */
  actor: string;
}

/**
 * Answers a question, once: the customer finds the answer in their list of notifications and in their mail, and the
 * audit log has it. Refused for one that does not exist (`not_found`) or was answered (`conflict`).
 */
export async function answerQuestion(ctx: Context, { id, answer, actor }: Answer): Promise<Result<{ id: string }>> {
  let answered: string | null = null;
  const line = { actor, act: "support.answer", subject: id, reason: answer, detail: {} };
  const result = await audited(ctx, line, ({ db }) =>
    db.transaction(async (tx): Promise<Result<{ id: string }>> => {
      const [question] = await tx.select().from(supportRequests).where(eq(supportRequests.id, id)).for("update");
      if (!question) return refused("not_found", "There is no such question.");
      if (question.state === "answered") {
        return refused("conflict", `It was answered already, by ${question.answeredBy}.`);
      }
      const at = ctx.clock();
      await tx
        .update(supportRequests)
        .set({ state: "answered", answer, answeredBy: actor, answeredAt: at })
        .where(eq(supportRequests.id, id));
      const account = { lane: question.lane, id: question.accountId };
      const facts = { request: id, subject: question.subject, answer };
      await notify(tx, { account, kind: "support.answered", cause: `support:${id}`, at, facts });
      answered = account.id;
      return done({ id });
    }),
  );
  if (result.ok && answered !== null) notifyChanged(ctx.db, [answered]);
  return result;
}
