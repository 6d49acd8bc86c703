import { and, eq, isNull, notInArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { accounts } from "@/db/schema/accounts";
import { cards, paymentCustomers } from "@/db/schema/cards";
import type { AccountRef } from "@/lib/ledger/wallet";
import { notifyChanged } from "@/lib/live/notify";
import type { SavedCard } from "@/lib/payments/provider";
import { inTransaction } from "@/lib/services/retried";
import type { PaymentContext } from "./payment-context";

/** Readings of one account that meet give way to each other; so many in a row is an error elsewhere. */
const ATTEMPTS_MAX = 20;

/**
 * Asks the provider which cards an account has on file, and writes that down. What is written is never older than what
 * was written before: a reading during which another one ended, or the account was closed, is done again. A closed
 * account has none, whatever is told late.
 * @throws PaymentsUnavailable when the provider does not answer.
 */
export async function readCards(ctx: PaymentContext, account: AccountRef): Promise<void> {
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt += 1) {
    const [customer] = await ctx.db
      .select({
        id: paymentCustomers.customerId,
        readings: paymentCustomers.readings,
        status: accounts.status,
      })
      .from(paymentCustomers)
      .innerJoin(accounts, and(eq(accounts.lane, paymentCustomers.lane), eq(accounts.id, paymentCustomers.accountId)))
      .where(isOf(account));
    if (customer === undefined || customer.status === "closed") return;
    const saved = await ctx.payments.savedCards(customer.id);
    if (await inTransaction(ctx, (tx) => write(ctx, tx, { account, saved, readings: customer.readings }))) {
      notifyChanged(ctx.db, [account.id]);
      return;
    }
  }
  throw new Error(`The cards of account ${account.id} change without end`);
}

interface Reading {
  account: AccountRef;
  saved: readonly SavedCard[];
  /** How many readings there had been when this one began. */
  readings: bigint;
}

/** Answers false, and writes nothing, where another reading has ended since. */
async function write(ctx: PaymentContext, tx: Tx, { account, saved, readings }: Reading): Promise<boolean> {
  const [mine] = await tx
    .update(paymentCustomers)
    .set({ readings: readings + 1n })
    .where(and(isOf(account), eq(paymentCustomers.readings, readings)))
    .returning({ id: paymentCustomers.customerId });
  if (mine === undefined) return false;
  const kept = saved.map(({ id }) => id);
  const isMine = and(eq(cards.lane, account.lane), eq(cards.accountId, account.id), isNull(cards.removedAt));
  await tx
    .update(cards)
    .set({ removedAt: ctx.clock() })
    .where(kept.length === 0 ? isMine : and(isMine, notInArray(cards.id, kept)));
  if (saved.length === 0) return true;
  await tx
    .insert(cards)
    .values(saved.map((card) => ({ ...card, lane: account.lane, accountId: account.id })))
    .onConflictDoUpdate({
      target: cards.id,
      set: {
        brand: sql`excluded.brand`,
        last4: sql`excluded.last4`,
        expiryMonth: sql`excluded.expiry_month`,
        expiryYear: sql`excluded.expiry_year`,
        removedAt: null,
      },
      setWhere: eq(cards.accountId, account.id),
    });
  return true;
}

const isOf = ({ lane, id }: AccountRef) => and(eq(paymentCustomers.lane, lane), eq(paymentCustomers.accountId, id));
