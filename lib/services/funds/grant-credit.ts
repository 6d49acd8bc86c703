import { eq } from "drizzle-orm";
import { type Queryable, rawOf } from "@/db/client";
import { isUniqueViolation } from "@/db/errors";
import { grants } from "@/db/schema/funds";
import { writeExpiry } from "@/lib/ledger/expiries";
import { BooksFull, postAsked } from "@/lib/ledger/post";
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

export interface GrantCredit {
  account: AccountRef;
  reference: string;
  bucket: "promo" | "earned";
  amount: Nanos;
  /** For the customer to read. */
  reason: string;
  /** When what is left of it is gone; absent for credit that lasts. */
  expiresAt?: Date;
}

export type Grant = typeof grants.$inferSelect;

const TOO_MUCH = `amount would take the account over ${dollarsExact(BOOKS_MAX)} in all`;

/**
 * Gives credit by hand. It settles debt first, never arrears. Exactly once per reference; another use of the same
 * reference is a `conflict`. An expiry that does not lie ahead when it is first asked for is `invalid`.
 */
export async function grantCredit(ctx: Context, input: GrantCredit): Promise<Result<Grant>> {
  if (input.amount <= 0n) return refused("invalid", "amount must be above zero", "amount");
  if (input.amount > MAX_DEPOSIT) {
    return refused("invalid", `amount must be at most ${dollarsExact(MAX_DEPOSIT)}`, "amount");
  }
  const before = await findGrant(ctx.db, input);
  if (before) return before;
  if (input.expiresAt && input.expiresAt <= ctx.clock()) {
    return refused("invalid", "expiresAt must lie ahead", "expiresAt");
  }
  try {
    const granted = await insertGrant(ctx, input);
    if (granted.ok && granted.created) notifyChanged(ctx.db, [input.account.id]);
    return granted;
  } catch (error) {
    if (error instanceof BooksFull) return refused("invalid", TOO_MUCH, "amount");
    if (!isUniqueViolation(error)) throw error;
    const first = await findGrant(ctx.db, input);
    if (!first) throw error;
    return first;
  }
}

async function findGrant(db: Queryable, input: GrantCredit): Promise<Result<Grant> | null> {
  const [found] = await db.select().from(grants).where(eq(grants.reference, input.reference));
  if (!found) return null;
  const same =
    found.accountId === input.account.id &&
    found.bucket === input.bucket &&
    found.amount === input.amount &&
    found.reason === input.reason &&
    found.expiresAt?.getTime() === input.expiresAt?.getTime();
  if (same) return done(found, false);
  return refused("conflict", `reference ${input.reference} was used for another grant`, "reference");
}

async function insertGrant(ctx: Context, input: GrantCredit): Promise<Result<Grant>> {
  const { account, reference, bucket, amount, reason, expiresAt = null } = input;
  const at = ctx.clock();
  return inTransaction(ctx, (tx) => {
    const raw = rawOf(tx);
    return withWallet(raw, { account, book: termsBook(ctx.db), at }, async ({ wallet }): Promise<Result<Grant>> => {
      // A copy may have come while this one waited for the lock, and have changed the debt the posting settles.
      const before = await findGrant(tx, input);
      if (before) return before;
      const { debt } = wallet.state;
      const { seq } = await postAsked(raw, wallet, postings.grant({ ...input, expiresAt, debt }), at);
      if (expiresAt && amount > debt) await writeExpiry(raw, account, { seq, bucket, rewardId: null, expiresAt });
      const [row] = await tx
        .insert(grants)
        .values({
          reference,
          lane: account.lane,
          accountId: account.id,
          seq,
          bucket,
          amount,
          reason,
          expiresAt,
          recordedAt: at,
        })
        .returning();
      if (!row) throw new Error(`Grant ${reference} was not written`);
      return done(row);
    });
  });
}
