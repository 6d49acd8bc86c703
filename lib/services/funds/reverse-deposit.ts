import { eq } from "drizzle-orm";
import { type Queryable, rawOf, type Tx } from "@/db/client";
import { isUniqueViolation } from "@/db/errors";
import { deposits, reversals } from "@/db/schema/funds";
import { termsBook } from "@/lib/ledger/terms-book";
import { withWallet } from "@/lib/ledger/with-wallet";
import { notifyChanged } from "@/lib/live/notify";
import { dollarsExact } from "@/lib/money/format";
import type { Nanos } from "@/lib/money/nanos";
import type { Context } from "@/lib/services/context";
import { done, type Result, refused } from "@/lib/services/result";
import { inTransaction } from "@/lib/services/retried";
import type { Deposit } from "./record-deposit";
import { type Reversal, type ReversalReason, writeReversal } from "./write-reversal";

/** What the platform's key may record; that a refund failed is known from the provider alone. */
type AskedReason = Exclude<ReversalReason, "refund_failed">;

export interface ReverseDeposit {
  /** The deposit's reference. */
  deposit: string;
  /** The client's key: unique over all reversals, for ever. */
  reference: string;
  /** What is open when absent. */
  amount?: Nanos;
  reason: AskedReason;
}

/**
 * Records what the provider did with a deposit: gave money back (`refund`, `chargeback`) or had it returned
 * (`dispute_won`). Never refused for lack of balance: what was spent becomes arrears, and everything that rested on
 * that paid spend is reversed, or posted again when the money is back. Exactly once per reference.
 */
export async function reverseDeposit(ctx: Context, input: ReverseDeposit): Promise<Result<Reversal>> {
  const before = await findReversal(ctx.db, input);
  if (before) return before;
  try {
    const result = await inTransaction(ctx, (tx) => insertReversal(ctx, tx, input));
    if (result.ok) notifyChanged(ctx.db, [result.value.accountId]);
    return result;
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    const first = await findReversal(ctx.db, input);
    if (!first) throw error;
    return first;
  }
}

async function findReversal(db: Queryable, input: ReverseDeposit): Promise<Result<Reversal> | null> {
  const [found] = await db.select().from(reversals).where(eq(reversals.reference, input.reference));
  if (!found) return null;
  const same =
    found.depositReference === input.deposit &&
    found.reason === input.reason &&
    (input.amount === undefined || found.amount === input.amount);
  if (same) return done(found, false);
  return refused("conflict", `reference ${input.reference} was used for another reversal`, "reference");
}

async function insertReversal(ctx: Context, tx: Tx, input: ReverseDeposit): Promise<Result<Reversal>> {
  const [deposit] = await tx.select().from(deposits).where(eq(deposits.reference, input.deposit));
  if (!deposit) return refused("out_of_order", `there is no deposit ${input.deposit} yet; send it first`);
  const raw = rawOf(tx);
  const at = ctx.clock();
  const account = { lane: deposit.lane, id: deposit.accountId };
  return withWallet(raw, { account, book: termsBook(ctx.db), at }, async (locked): Promise<Result<Reversal>> => {
    // A copy may have come while this one waited for the lock, and have left nothing open.
    const before = await findReversal(tx, input);
    if (before) return before;
    const decided = decide(
      deposit,
      await tx.select().from(reversals).where(eq(reversals.depositReference, input.deposit)),
      input,
    );
    if (!decided.ok) return decided;
    const amount = decided.value;
    const { reference, reason } = input;
    return done(await writeReversal(tx, locked, { deposit, reference, amount, reason, at }));
  });
}

/** How much to reverse: open reversals stay within the deposit, disputes won within open chargebacks. */
function decide(deposit: Deposit, earlier: readonly Reversal[], input: ReverseDeposit): Result<Nanos> {
  const sumOf = (reason: ReversalReason) =>
    earlier.reduce((sum, each) => (each.reason === reason ? sum + each.amount : sum), 0n);
  const chargedBack = sumOf("chargeback") - sumOf("dispute_won");
  const refunded = sumOf("refund") - sumOf("refund_failed");
  const open = input.reason === "dispute_won" ? chargedBack : deposit.amount - refunded - chargedBack;
  if (input.reason === "dispute_won" && sumOf("chargeback") === 0n) {
    return refused("out_of_order", `deposit ${input.deposit} has no chargeback yet; send it first`);
  }
  const amount = input.amount ?? (open as Nanos);
  if (amount <= 0n) return refused("invalid", "amount is zero: nothing of the deposit is open", "amount");
  if (amount > open) {
    return refused("invalid", `amount is more than the ${dollarsExact(open as Nanos)} that is open`, "amount");
  }
  return done(amount);
}
