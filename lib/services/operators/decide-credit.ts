import { and, eq } from "drizzle-orm";
import { accounts } from "@/db/schema/accounts";
import { creditRequests } from "@/db/schema/operators";
import { notifyChanged } from "@/lib/live/notify";
import { dollarsExact } from "@/lib/money/format";
import type { Context } from "@/lib/services/context";
import { grantCredit } from "@/lib/services/funds/grant-credit";
import { done, type Result, refused } from "@/lib/services/result";
import { audited } from "./audited";
import type { CreditRequest } from "./give-credit";
import { isOwnAccount } from "./own-account";

export interface DecideCredit {
  reference: string;
  approve: boolean;
  /** Why the second operator approves or declines. */
  reason: string;
  /** The operator's e-mail; never that of who asked. */
  actor: string;
}

/**
 * The second operator's word on credit that one may not give alone, once. Approved, it becomes a grant; declined,
 * nothing. Refused to who asked for it and to whose account it is (`invalid`), and once it was decided otherwise
 * (`conflict`).
 */
export async function decideCredit(ctx: Context, input: DecideCredit): Promise<Result<CreditRequest>> {
  const { reference, approve, reason, actor } = input;
  const [asked] = await ctx.db
    .select({ externalId: accounts.externalId, amount: creditRequests.amount, bucket: creditRequests.bucket })
    .from(creditRequests)
    .innerJoin(accounts, and(eq(accounts.lane, creditRequests.lane), eq(accounts.id, creditRequests.accountId)))
    .where(eq(creditRequests.reference, reference));
  const detail = { reference, ...(asked ? { amount: dollarsExact(asked.amount), bucket: asked.bucket } : {}) };
  const act = approve ? "credit.approve" : "credit.decline";
  const line = { actor, act, subject: asked?.externalId ?? reference, reason, detail };
  const result = await audited(ctx, line, (inner) => decideIn(inner, input));
  if (result.ok && approve) notifyChanged(ctx.db, [result.value.accountId]);
  return result;
}

async function decideIn(ctx: Context, input: DecideCredit): Promise<Result<CreditRequest>> {
  const { reference, approve, actor } = input;
  const [asked] = await ctx.db
    .select()
    .from(creditRequests)
    .where(eq(creditRequests.reference, reference))
    .for("update");
  if (!asked) return refused("not_found", "There is no such request for credit.");
  const state = approve ? "granted" : "declined";
  if (asked.state !== "waiting") {
    const same = asked.state === state && asked.decidedBy === actor && asked.decisionReason === input.reason;
    if (same) return done(asked, false);
    return refused("conflict", `This request was ${asked.state} already by ${asked.decidedBy ?? asked.requestedBy}.`);
  }
  if (asked.requestedBy === actor) {
    return refused("invalid", "You asked for this credit: a second operator decides about it.");
  }
  const account = { lane: asked.lane, id: asked.accountId };
  if (await isOwnAccount(ctx.db, account, actor)) {
    return refused("invalid", "This is your own account: another operator decides about it.");
  }
  if (approve) {
    const { bucket, amount, reason } = asked;
    const granted = await grantCredit(ctx, { account, reference, bucket, amount, reason });
    if (!granted.ok) return granted;
  }
  const [decided] = await ctx.db
    .update(creditRequests)
    .set({ state, decidedBy: actor, decidedAt: ctx.clock(), decisionReason: input.reason })
    .where(eq(creditRequests.reference, reference))
    .returning();
  if (!decided) throw new Error(`Credit request ${reference} was not decided`);
  return done(decided);
}
