import { and, eq } from "drizzle-orm";
import { accounts } from "@/db/schema/accounts";
import { paymentCustomers } from "@/db/schema/cards";
import type { AccountRef } from "@/lib/ledger/wallet";
import { CustomerGone } from "@/lib/payments/provider";
import type { PaymentContext } from "./payment-context";

/** The provider's id of an account, or null before it first paid or saved a card. */
export async function customerOf(ctx: Pick<PaymentContext, "db">, account: AccountRef): Promise<string | null> {
  const [found] = await ctx.db.select({ id: paymentCustomers.customerId }).from(paymentCustomers).where(isOf(account));
  return found?.id ?? null;
}

/**
 * Runs `use` with the provider's id of the account, made at first use: once, however many ask at once. One that the
 * provider no longer knows is replaced.
 * @throws PaymentsUnavailable when the provider does not answer.
 */
export async function withCustomer<T>(
  ctx: PaymentContext,
  account: AccountRef,
  use: (customerId: string) => Promise<T>,
): Promise<T> {
  const customerId = (await customerOf(ctx, account)) ?? (await make(ctx, account));
  try {
    return await use(customerId);
  } catch (error) {
    if (!(error instanceof CustomerGone)) throw error;
    return use(await replace(ctx, account, customerId));
  }
}

async function make(ctx: PaymentContext, account: AccountRef): Promise<string> {
  const customerId = await ctx.payments.makeCustomer({ accountId: account.id, ...(await emailOf(ctx, account)) });
  await ctx.db
    .insert(paymentCustomers)
    .values({ lane: account.lane, accountId: account.id, customerId, createdAt: ctx.clock() })
    .onConflictDoNothing();
  return known(ctx, account);
}

async function replace(ctx: PaymentContext, account: AccountRef, gone: string): Promise<string> {
  const wanted = { accountId: account.id, instead: gone, ...(await emailOf(ctx, account)) };
  const customerId = await ctx.payments.makeCustomer(wanted);
  await ctx.db
    .update(paymentCustomers)
    // The new one is nobody's whom the provider was told to forget.
    .set({ customerId, forgottenAt: null })
    .where(and(isOf(account), eq(paymentCustomers.customerId, gone)));
  return known(ctx, account);
}

/** Of several made at once, the one that was written. */
async function known(ctx: PaymentContext, account: AccountRef): Promise<string> {
  const id = await customerOf(ctx, account);
  if (id === null) throw new Error(`Account ${account.id} has no customer`);
  return id;
}

async function emailOf(ctx: PaymentContext, account: AccountRef): Promise<{ email?: string }> {
  const [owner] = await ctx.db
    .select({ email: accounts.email, verified: accounts.emailVerified })
    .from(accounts)
    .where(and(eq(accounts.lane, account.lane), eq(accounts.id, account.id)));
  return owner?.verified && owner.email !== null ? { email: owner.email } : {};
}

const isOf = ({ lane, id }: AccountRef) => and(eq(paymentCustomers.lane, lane), eq(paymentCustomers.accountId, id));
