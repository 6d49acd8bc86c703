import { and, eq } from "drizzle-orm";
import type { Queryable } from "@/db/client";
import { rawOf } from "@/db/client";
import { accounts } from "@/db/schema/accounts";
import { deposits } from "@/db/schema/funds";
import { refundRequests } from "@/db/schema/operators";
import { termsBook } from "@/lib/ledger/terms-book";
import { lockWallets } from "@/lib/ledger/wallet";
import { dollarsExact } from "@/lib/money/format";
import { type Nanos, ZERO } from "@/lib/money/nanos";
import { isWholeCents } from "@/lib/payments/cents";
import { idAtProvider } from "@/lib/payments/references";
import type { Context } from "@/lib/services/context";
import type { PaymentContext } from "@/lib/services/funds/payment-context";
import { refundables } from "@/lib/services/funds/refundable";
import { sendRefund } from "@/lib/services/funds/send-refund";
import { done, type Problem, type Result, refused } from "@/lib/services/result";
import { ALONE_DAY_MAX, aloneToday } from "./alone-today";
import { audited } from "./audited";
import { isOwnAccount } from "./own-account";

export type RefundRequestRow = typeof refundRequests.$inferSelect;

export interface RefundDeposit {
  /** The deposit's reference. */
  deposit: string;
  /** Names this one refund, also to the provider: the same again changes nothing. */
  reference: string;
  /** Whole cents, above zero, at most what is unspent of the deposit. */
  amount: Nanos;
  /** For the customer to read. */
  reason: string;
  /** The operator's e-mail. */
  actor: string;
}

/**
 * Gives money of a deposit back by the way it came: only what is unspent of it. At once while what the operator gave
 * back alone today (UTC) stays within $500; above it the request waits for a second operator. The ledger follows the
 * provider's answer; until that comes the request is `sending`, and the worker asks again.
 * Refused for one's own account, for amounts out of bounds and for deposits of another way (`invalid`), and when the
 * reference was used for something else (`conflict`).
 */
export async function refundDeposit(ctx: PaymentContext, input: RefundDeposit): Promise<Result<RefundRequestRow>> {
  const { deposit, reference, amount, reason, actor } = input;
  const subject = (await ownerOf(ctx.db, deposit))?.externalId ?? deposit;
  const line = {
    actor,
    act: "refund.give",
    subject,
    reason,
    detail: { amount: dollarsExact(amount), deposit, reference },
  };
  const asked = await audited(
    ctx,
    line,
    (inner) => askIn(inner, ctx.payments.name, input),
    ({ state }) => (state === "waiting" ? "refund.request" : "refund.give"),
  );
  if (!asked.ok || asked.value.state !== "sending") return asked;
  return done(await sendRefund(ctx, asked.value), asked.created);
}

async function askIn(ctx: Context, provider: string, input: RefundDeposit): Promise<Result<RefundRequestRow>> {
  const { deposit, reference, amount, reason, actor } = input;
  const earlier = await earlierOf(ctx.db, input);
  if (earlier) return earlier;
  const owner = await ownerOf(ctx.db, deposit);
  if (!owner) return refused("not_found", "There is no such deposit.", "deposit");
  if (idAtProvider(provider, deposit) === null) {
    return refused("invalid", "This money did not come through the payment provider: give it back where it was paid.");
  }
  if (await isOwnAccount(ctx.db, owner, actor)) {
    return refused("invalid", "This is your own account: only another operator can give its money back.");
  }
  const problem = await amountProblem(ctx, { ...owner, deposit, amount });
  if (problem) return { ok: false, problem };
  const at = ctx.clock();
  const waits = (await aloneToday(ctx, "refund", actor)) + amount > ALONE_DAY_MAX;
  const [asked] = await ctx.db
    .insert(refundRequests)
    .values({
      reference,
      lane: owner.lane,
      accountId: owner.id,
      depositReference: deposit,
      amount,
      reason,
      requestedBy: actor,
      requestedAt: at,
      state: waits ? "waiting" : "sending",
      decidedAt: waits ? null : at,
    })
    .onConflictDoNothing()
    .returning();
  if (asked) return done(asked);
  const first = await earlierOf(ctx.db, input);
  if (!first) throw new Error(`Refund request ${reference} was not written`);
  return first;
}

/** Why not so much; null where it may be given back. Locks the wallet, so that it is true until the request is written. */
export async function amountProblem(
  ctx: Context,
  { lane, id, deposit, amount }: { lane: number; id: string; deposit: string; amount: Nanos },
): Promise<Problem | null> {
  if (amount <= 0n || !isWholeCents(amount)) {
    return { code: "invalid", detail: "Write an amount in whole cents, above zero.", path: "amount" };
  }
  const account = { lane, id };
  const wallet = await ctx.db.transaction(async (tx) =>
    (await lockWallets(rawOf(tx), termsBook(ctx.db), [account])).get(id),
  );
  if (!wallet) throw new Error(`Account ${id} has no wallet`);
  const found = (await refundables(ctx.db, account, wallet.state)).find(({ reference }) => reference === deposit);
  const most = found?.refundable ?? ZERO;
  if (amount <= most) return null;
  const detail =
    most === 0n
      ? "Nothing of this deposit is left to give back: it was spent, is reserved for running work, or was given back."
      : `Only ${dollarsExact(most)} of this deposit is unspent and can be given back.`;
  return { code: "invalid", detail, path: "amount" };
}

async function earlierOf(db: Queryable, input: RefundDeposit): Promise<Result<RefundRequestRow> | null> {
  const [found] = await db.select().from(refundRequests).where(eq(refundRequests.reference, input.reference));
  if (!found) return null;
  const same =
    found.depositReference === input.deposit &&
    found.amount === input.amount &&
    found.reason === input.reason &&
    found.requestedBy === input.actor;
  if (same) return done(found, false);
  return refused("conflict", "This form was sent before with other content. Open it anew to give more.", "reference");
}

async function ownerOf(db: Queryable, deposit: string) {
  const [owner] = await db
    .select({ lane: deposits.lane, id: deposits.accountId, externalId: accounts.externalId })
    .from(deposits)
    .innerJoin(accounts, and(eq(accounts.lane, deposits.lane), eq(accounts.id, deposits.accountId)))
    .where(eq(deposits.reference, deposit));
  return owner;
}
