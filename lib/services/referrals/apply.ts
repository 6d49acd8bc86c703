import { and, desc, eq } from "drizzle-orm";
import { rawOf, type Tx } from "@/db/client";
import { isUniqueViolation } from "@/db/errors";
import { applications } from "@/db/schema/programs";
import { termsBook } from "@/lib/ledger/terms-book";
import { type AccountRef, lockWallets } from "@/lib/ledger/wallet";
import { notifyChanged } from "@/lib/live/notify";
import type { Context } from "@/lib/services/context";
import { done, type Result, refused } from "@/lib/services/result";
import { inTransaction } from "@/lib/services/retried";
import { betaGate, missingText } from "./gate";

export type Application = typeof applications.$inferSelect;

export interface Apply {
  /** The referrer. */
  account: AccountRef;
  reference: string;
}

/**
 * A referrer applies for the release of what the beta program holds. Refused with what is missing (`invalid`), while
 * an application is open or accepted, and within the waiting time after one was declined (`conflict`).
 */
export async function applyForRelease(ctx: Context, input: Apply): Promise<Result<Application>> {
  try {
    const result = await inTransaction(ctx, (tx) => applyIn(ctx, tx, input));
    if (result.ok) notifyChanged(ctx.db, [input.account.id]);
    return result;
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    return inTransaction(ctx, (tx) => applyIn(ctx, tx, input));
  }
}

async function applyIn(ctx: Context, tx: Tx, { account, reference }: Apply): Promise<Result<Application>> {
  const now = ctx.clock();
  // One at a time for each referrer: a copy finds what the one before it wrote.
  await lockWallets(rawOf(tx), termsBook(ctx.db), [account]);
  const [before] = await tx.select().from(applications).where(eq(applications.reference, reference));
  if (before?.accountId === account.id) return done(before, false);
  if (before) return refused("conflict", `reference ${reference} was used for another application`, "reference");
  const gate = await betaGate(rawOf(tx), termsBook(ctx.db), account);
  if (!gate) return refused("invalid", "the account refers nobody under referral-beta", "program");
  const [last] = await tx
    .select()
    .from(applications)
    .where(and(eq(applications.lane, account.lane), eq(applications.accountId, account.id)))
    .orderBy(desc(applications.submittedAt))
    .limit(1);
  if (last && last.state !== "declined") return refused("conflict", `an application is ${last.state} already`);
  if (last?.decidedAt) {
    const again = new Date(last.decidedAt.getTime() + Number(gate.reapplyMs));
    if (now < again) return refused("conflict", `declined; you may apply again from ${again.toISOString()}`);
  }
  if (!gate.met) return refused("invalid", `the gate is not met: ${missingText(gate)} needed`, "program");
  const [row] = await tx
    .insert(applications)
    .values({
      reference,
      lane: account.lane,
      accountId: account.id,
      program: "referral-beta",
      state: "submitted",
      submittedAt: now,
    })
    .returning();
  if (!row) throw new Error(`Application ${reference} was not written`);
  return done(row);
}
