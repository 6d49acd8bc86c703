import { eq } from "drizzle-orm";
import { creditRequests } from "@/db/schema/operators";
import type { AccountRef } from "@/lib/ledger/wallet";
import { notifyChanged } from "@/lib/live/notify";
import { dollarsExact } from "@/lib/money/format";
import { MAX_DEPOSIT, type Nanos } from "@/lib/money/nanos";
import type { Context } from "@/lib/services/context";
import { grantCredit } from "@/lib/services/funds/grant-credit";
import { done, type Result, refused } from "@/lib/services/result";
import { ALONE_DAY_MAX, aloneToday } from "./alone-today";
import { audited } from "./audited";
import { isOwnAccount } from "./own-account";

export type CreditRequest = typeof creditRequests.$inferSelect;

export interface GiveCredit {
  account: AccountRef & { externalId: string };
  /** Names this one giving of credit, and becomes the grant's: the same again changes nothing. */
  reference: string;
  bucket: CreditRequest["bucket"];
  /** Above zero, at most $10,000,000. */
  amount: Nanos;
  /** For the customer to read. */
  reason: string;
  /** The operator's e-mail. */
  actor: string;
}

/**
 * Gives credit by hand: at once while what the operator gave alone today (UTC) stays within $500; above it the request
 * waits for a second operator. Refused to one's own
 * account and for amounts out of bounds (`invalid`), and when the reference was used for something else (`conflict`).
 */
export async function giveCredit(ctx: Context, input: GiveCredit): Promise<Result<CreditRequest>> {
  const { account, reference, bucket, amount, reason, actor } = input;
  const detail = { amount: dollarsExact(amount), bucket, reference };
  const line = { actor, act: "credit.give", subject: account.externalId, reason, detail };
  const result = await audited(
    ctx,
    line,
    (inner) => giveIn(inner, input),
    ({ state }) => (state === "waiting" ? "credit.request" : "credit.give"),
  );
  // Again, and now for certain after the commit.
  if (result.ok && result.value.state === "granted") notifyChanged(ctx.db, [account.id]);
  return result;
}

async function giveIn(ctx: Context, input: GiveCredit): Promise<Result<CreditRequest>> {
  const { account, reference, bucket, amount, reason, actor } = input;
  if (amount <= 0n) return refused("invalid", "The amount must be above zero.", "amount");
  if (amount > MAX_DEPOSIT) {
    return refused("invalid", `The amount must be at most ${dollarsExact(MAX_DEPOSIT)}.`, "amount");
  }
  if (await isOwnAccount(ctx.db, account, actor)) {
    return refused("invalid", "This is your own account: only another operator can give it credit.", "account");
  }
  const at = ctx.clock();
  const waits = (await aloneToday(ctx, "credit", actor)) + amount > ALONE_DAY_MAX;
  const [asked] = await ctx.db
    .insert(creditRequests)
    .values({
      reference,
      lane: account.lane,
      accountId: account.id,
      bucket,
      amount,
      reason,
      requestedBy: actor,
      requestedAt: at,
      state: waits ? "waiting" : "granted",
      decidedAt: waits ? null : at,
    })
    .onConflictDoNothing()
    .returning();
  if (!asked) return earlier(ctx, input);
  if (waits) return done(asked);
  const granted = await grantCredit(ctx, { account, reference, bucket, amount, reason });
  return granted.ok ? done(asked) : granted;
}

async function earlier(ctx: Context, input: GiveCredit): Promise<Result<CreditRequest>> {
  const { account, reference, bucket, amount, reason, actor } = input;
  const [found] = await ctx.db.select().from(creditRequests).where(eq(creditRequests.reference, reference));
  const same =
    found?.accountId === account.id &&
    found.bucket === bucket &&
    found.amount === amount &&
    found.reason === reason &&
    found.requestedBy === actor;
  if (same) return done(found, false);
  return refused("conflict", "This form was sent before with other content. Open it anew to give more.", "reference");
}
