import { and, asc, eq, isNull, sql } from "drizzle-orm";
import { type Queryable, rawOf, type Tx } from "@/db/client";
import { isUniqueViolation } from "@/db/errors";
import { deposits, providerReversals, reversals } from "@/db/schema/funds";
import { refundRequests } from "@/db/schema/operators";
import { termsBook } from "@/lib/ledger/terms-book";
import { withWallet } from "@/lib/ledger/with-wallet";
import { notifyChanged } from "@/lib/live/notify";
import type { MoneyBack } from "@/lib/payments/provider";
import { referenceOf } from "@/lib/payments/references";
import type { Context } from "@/lib/services/context";
import { inTransaction } from "@/lib/services/retried";
import { writeReversal } from "./write-reversal";

type Known = typeof providerReversals.$inferSelect;

/**
 * Keeps what the provider says it took back or returned, each transition once for ever, and posts it: at once, or, where
 * the payment itself is not known yet, as soon as it is. What the provider did is never refused, whatever the balance
 * and however much was taken back before.
 * @param provider prefix of its references
 */
export async function takeMoneyBack(ctx: Context, provider: string, changes: readonly MoneyBack[]): Promise<void> {
  if (changes.length === 0) return;
  await ctx.db
    .insert(providerReversals)
    .values(
      changes.map(({ transition, paymentId, amount, reason, request }) => ({
        reference: referenceOf(provider, transition),
        depositReference: referenceOf(provider, paymentId),
        amount,
        reason,
        requestReference: request,
        knownAt: ctx.clock(),
      })),
    )
    .onConflictDoNothing();
  // Committed before the deposit is looked for, as the deposit is before this is: whichever comes last sees both.
  for (const paymentId of new Set(changes.map((change) => change.paymentId))) {
    await postKnownReversals(ctx, referenceOf(provider, paymentId));
  }
}

/** Posts what is known of a deposit's reversals and not posted yet; nothing while the deposit itself is not here. */
export async function postKnownReversals(ctx: Context, depositReference: string): Promise<void> {
  for (const known of await unposted(ctx.db, depositReference)) await postOne(ctx, known);
}

/** The same for every deposit: what a process that ended between two steps has left. @returns how many deposits had some */
export async function postWaitingReversals(ctx: Context): Promise<number> {
  const waiting = await ctx.db
    .selectDistinct({ reference: providerReversals.depositReference })
    .from(providerReversals)
    .innerJoin(deposits, eq(deposits.reference, providerReversals.depositReference))
    .leftJoin(reversals, eq(reversals.reference, providerReversals.reference))
    .where(isNull(reversals.reference));
  for (const { reference } of waiting) await postKnownReversals(ctx, reference);
  return waiting.length;
}

/**
 * Money goes before it comes back. None while the deposit is not here: asked one by one, it could come in between, and
 * what came back would be posted first.
 */
const unposted = async (db: Queryable, depositReference: string): Promise<Known[]> => {
  const rows = await db
    .select({ known: providerReversals })
    .from(providerReversals)
    .innerJoin(deposits, eq(deposits.reference, providerReversals.depositReference))
    .leftJoin(reversals, eq(reversals.reference, providerReversals.reference))
    .where(and(eq(providerReversals.depositReference, depositReference), isNull(reversals.reference)))
    .orderBy(
      asc(sql`${providerReversals.reason} in ('refund_failed', 'dispute_won')`),
      asc(providerReversals.knownAt),
      asc(providerReversals.reference),
    );
  return rows.map(({ known }) => known);
};

async function postOne(ctx: Context, known: Known): Promise<void> {
  try {
    const accountId = await inTransaction(ctx, (tx) => postIn(ctx, tx, known));
    if (accountId !== null) notifyChanged(ctx.db, [accountId]);
  } catch (error) {
    // Another delivery posted it at the same moment.
    if (!isUniqueViolation(error)) throw error;
  }
}

async function postIn(ctx: Context, tx: Tx, known: Known): Promise<string | null> {
  const [deposit] = await tx.select().from(deposits).where(eq(deposits.reference, known.depositReference));
  if (!deposit) return null;
  const { reference, amount, reason } = known;
  const at = ctx.clock();
  const account = { lane: deposit.lane, id: deposit.accountId };
  const note = known.requestReference === null ? null : await closeRequest(tx, known.requestReference, reason);
  return withWallet(rawOf(tx), { account, book: termsBook(ctx.db), at }, async (locked) => {
    const [before] = await tx
      .select({ reference: reversals.reference })
      .from(reversals)
      .where(eq(reversals.reference, reference));
    if (before) return null;
    await writeReversal(tx, locked, { deposit, reference, amount, reason, at, ...(note === null ? {} : { note }) });
    return deposit.accountId;
  });
}

/** Notes on the request what became of it. @returns the reason an operator gave, for the customer to read */
async function closeRequest(tx: Tx, reference: string, reason: Known["reason"]): Promise<string | null> {
  const [asked] = await tx.select().from(refundRequests).where(eq(refundRequests.reference, reference)).for("update");
  if (!asked) return null;
  if (reason === "refund" && asked.state === "sending") {
    await tx.update(refundRequests).set({ state: "sent" }).where(eq(refundRequests.reference, reference));
  }
  if (reason === "refund_failed" && asked.state !== "failed") {
    const problem = "The money could not be given to anybody and came back.";
    await tx.update(refundRequests).set({ state: "failed", problem }).where(eq(refundRequests.reference, reference));
  }
  return asked.reason;
}
