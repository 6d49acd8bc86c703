import { eq } from "drizzle-orm";
import { rawOf } from "@/db/client";
import { applications } from "@/db/schema/programs";
import { termsBook } from "@/lib/ledger/terms-book";
import { notifyChanged } from "@/lib/live/notify";
import type { Context } from "@/lib/services/context";
import { done, type Result, refused } from "@/lib/services/result";
import { inTransaction } from "@/lib/services/retried";
import type { Application } from "./apply";
import { betaGate, missingText } from "./gate";

export interface Decide {
  reference: string;
  accept: boolean;
  /** For the referrer to read. */
  reason: string;
}

/**
 * The operator's word on an application, once. Accepting is refused when the gate is no longer met; declined, what is
 * pending stays pending. The sweep releases what an acceptance opens.
 */
export async function decideApplication(ctx: Context, input: Decide): Promise<Result<Application>> {
  return inTransaction(ctx, async (tx): Promise<Result<Application>> => {
    const [found] = await tx
      .select()
      .from(applications)
      .where(eq(applications.reference, input.reference))
      .for("update");
    if (!found) return refused("not_found", `there is no application ${input.reference}`);
    const state = input.accept ? "accepted" : "declined";
    if (found.state !== "submitted") {
      const same = found.state === state && found.reason === input.reason;
      return same ? done(found, false) : refused("conflict", `the application was ${found.state} already`);
    }
    if (input.accept) {
      const referrer = { lane: found.lane, id: found.accountId };
      const gate = await betaGate(rawOf(tx), termsBook(ctx.db), referrer);
      if (!gate?.met) {
        const missing = gate ? missingText(gate) : "a pair under referral-beta";
        return refused("invalid", `the gate is no longer met: ${missing} needed`, "accept");
      }
    }
    const [decided] = await tx
      .update(applications)
      .set({ state, reason: input.reason, decidedAt: ctx.clock() })
      .where(eq(applications.reference, input.reference))
      .returning();
    if (!decided) throw new Error(`Application ${input.reference} was not decided`);
    notifyChanged(ctx.db, [found.accountId]);
    return done(decided);
  });
}
