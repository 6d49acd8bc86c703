import { and, eq } from "drizzle-orm";
import { accounts } from "@/db/schema/accounts";
import { refundRequests } from "@/db/schema/operators";
import { dollarsExact } from "@/lib/money/format";
import type { Context } from "@/lib/services/context";
import type { PaymentContext } from "@/lib/services/funds/payment-context";
import { sendRefund } from "@/lib/services/funds/send-refund";
import { done, type Result, refused } from "@/lib/services/result";
import { audited } from "./audited";
import { isOwnAccount } from "./own-account";
import { amountProblem, type RefundRequestRow } from "./refund-deposit";

export interface DecideRefund {
  reference: string;
  approve: boolean;
  /** Why the second operator approves or declines. */
  reason: string;
  /** The operator's e-mail; never that of who asked. */
  actor: string;
}

/**
 * The second operator's word on a refund that one may not give alone, once. Approved, it is sent to the provider;
 * declined, nothing. Refused to who asked for it, to whose account it is, and where the money was spent meanwhile
 * (`invalid`), and once it was decided otherwise (`conflict`).
 */
export async function decideRefund(ctx: PaymentContext, input: DecideRefund): Promise<Result<RefundRequestRow>> {
  const { reference, approve, reason, actor } = input;
  const [asked] = await ctx.db
    .select({
      externalId: accounts.externalId,
      amount: refundRequests.amount,
      deposit: refundRequests.depositReference,
    })
    .from(refundRequests)
    .innerJoin(accounts, and(eq(accounts.lane, refundRequests.lane), eq(accounts.id, refundRequests.accountId)))
    .where(eq(refundRequests.reference, reference));
  const detail = { reference, ...(asked ? { amount: dollarsExact(asked.amount), deposit: asked.deposit } : {}) };
  const act = approve ? "refund.approve" : "refund.decline";
  const line = { actor, act, subject: asked?.externalId ?? reference, reason, detail };
  const decided = await audited(ctx, line, (inner) => decideIn(inner, input));
  if (!decided.ok || decided.value.state !== "sending") return decided;
  return done(await sendRefund(ctx, decided.value), decided.created);
}

async function decideIn(ctx: Context, input: DecideRefund): Promise<Result<RefundRequestRow>> {
  const { reference, approve, reason, actor } = input;
  const [asked] = await ctx.db
    .select()
    .from(refundRequests)
    .where(eq(refundRequests.reference, reference))
    .for("update");
  if (!asked) return refused("not_found", "There is no such request for a refund.");
  if (asked.state !== "waiting") {
    const same =
      (asked.state !== "declined") === approve && asked.decidedBy === actor && asked.decisionReason === reason;
    if (same) return done(asked, false);
    const how = asked.state === "declined" ? "declined" : "approved";
    return refused("conflict", `This request was ${how} already by ${asked.decidedBy ?? asked.requestedBy}.`);
  }
  if (asked.requestedBy === actor) {
    return refused("invalid", "You asked for this refund: a second operator decides about it.");
  }
  if (await isOwnAccount(ctx.db, { lane: asked.lane, id: asked.accountId }, actor)) {
    return refused("invalid", "This is your own account: another operator decides about it.");
  }
  if (approve) {
    const { lane, accountId: id, depositReference: deposit, amount } = asked;
    const problem = await amountProblem(ctx, { lane, id, deposit, amount });
    if (problem) return { ok: false, problem };
  }
  const [decided] = await ctx.db
    .update(refundRequests)
    .set({
      state: approve ? "sending" : "declined",
      decidedBy: actor,
      decidedAt: ctx.clock(),
      decisionReason: reason,
    })
    .where(eq(refundRequests.reference, reference))
    .returning();
  if (!decided) throw new Error(`Refund request ${reference} was not decided`);
  return done(decided);
}
