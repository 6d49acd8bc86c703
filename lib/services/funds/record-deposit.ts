import { eq } from "drizzle-orm";
import { rawOf } from "@/db/client";
import { isUniqueViolation } from "@/db/errors";
import { deposits } from "@/db/schema/funds";
import { moveMoney } from "@/lib/ledger/move-money";
import { BooksFull, CauseConflict } from "@/lib/ledger/post";
import * as postings from "@/lib/ledger/postings";
import { termsBook } from "@/lib/ledger/terms-book";
import type { AccountRef } from "@/lib/ledger/wallet";
import { withWallet } from "@/lib/ledger/with-wallet";
import { notifyChanged } from "@/lib/live/notify";
import { dollarsExact } from "@/lib/money/format";
import { BOOKS_MAX, MAX_DEPOSIT, type Nanos } from "@/lib/money/nanos";
import type { Context } from "@/lib/services/context";
import { done, type Result, refused } from "@/lib/services/result";
import { inTransaction } from "@/lib/services/retried";
import { holdSharedPairs } from "@/lib/services/reviews/hold-shared-pairs";

export interface RecordDeposit {
  account: AccountRef;
  /** The client's key: unique over all accounts, for ever. */
  reference: string;
  /** Above zero, at most $10,000,000. */
  amount: Nanos;
  method: "invoice" | "card" | "crypto";
  /** An opaque fingerprint of what paid. */
  instrument?: string;
  occurredAt?: Date;
}

export type Deposit = typeof deposits.$inferSelect;

const TOO_MUCH = `amount would take the account over ${dollarsExact(BOOKS_MAX)} in all`;

/**
 * Records money received: *paid* rises, arrears are settled first, and what that settles becomes paid spend with all
 * its effects. What pays for both sides of a referral holds the pair first. Exactly once per reference. Refuses an amount
 * out of bounds (`invalid`) and a reference used for another deposit (`conflict`).
 */
export async function recordDeposit(ctx: Context, input: RecordDeposit): Promise<Result<Deposit>> {
  if (input.amount <= 0n) return refused("invalid", "amount must be above zero", "amount");
  if (input.amount > MAX_DEPOSIT) {
    return refused("invalid", `amount must be at most ${dollarsExact(MAX_DEPOSIT)}`, "amount");
  }
  const before = await findDeposit(ctx, input);
  if (before) return before;
  try {
    const deposit = await insertDeposit(ctx, input);
    notifyChanged(ctx.db, [input.account.id]);
    return done(deposit);
  } catch (error) {
    if (error instanceof BooksFull) return refused("invalid", TOO_MUCH, "amount");
    // Another deposit of the same reference was first: with the same content or, where the books refuse it, another.
    if (!isUniqueViolation(error) && !(error instanceof CauseConflict)) throw error;
    const first = await findDeposit(ctx, input);
    if (!first) throw error;
    return first;
  }
}

async function findDeposit(ctx: Context, input: RecordDeposit): Promise<Result<Deposit> | null> {
  const [found] = await ctx.db.select().from(deposits).where(eq(deposits.reference, input.reference));
  if (!found) return null;
  const same =
    found.accountId === input.account.id &&
    found.amount === input.amount &&
    found.method === input.method &&
    found.instrument === (input.instrument ?? null) &&
    (!input.occurredAt || found.occurredAt.getTime() === input.occurredAt.getTime());
  if (same) return done(found, false);
  return refused("conflict", `reference ${input.reference} was used for another deposit`, "reference");
}

async function insertDeposit(ctx: Context, input: RecordDeposit): Promise<Deposit> {
  const at = ctx.clock();
  return inTransaction(ctx, async (tx) => {
    const raw = rawOf(tx);
    const scope = { account: input.account, book: termsBook(ctx.db), at };
    const { instrument } = input;
    if (instrument !== undefined) await holdSharedPairs(raw, { ...scope, instrument });
    const seq = await withWallet(raw, scope, (locked) =>
      moveMoney(raw, locked, { posting: postings.deposit(input), amount: input.amount, at }),
    );
    const [row] = await tx
      .insert(deposits)
      .values({
        reference: input.reference,
        lane: input.account.lane,
        accountId: input.account.id,
        seq,
        amount: input.amount,
        method: input.method,
        instrument: input.instrument ?? null,
        occurredAt: input.occurredAt ?? at,
        recordedAt: at,
      })
      .returning();
    if (!row) throw new Error(`Deposit ${input.reference} was not written`);
    return row;
  });
}
