import { and, eq, sql } from "drizzle-orm";
import { rawOf, type Tx } from "@/db/client";
import { accountClosings, accountOwners, accounts, accountVisits } from "@/db/schema/accounts";
import { cards, paymentCustomers } from "@/db/schema/cards";
import { users, verificationTokens } from "@/db/schema/identity";
import { apiKeys } from "@/db/schema/keys";
import { notificationChoices, notifications } from "@/db/schema/notifications";
import { supportRequests } from "@/db/schema/support";
import { type PaidChoice, settleClosed } from "@/lib/ledger/settle-closed";
import { arrayLiteral } from "@/lib/ledger/sql-arrays";
import { termsBook } from "@/lib/ledger/terms-book";
import type { AccountRef } from "@/lib/ledger/wallet";
import { type WalletScope, withWallet } from "@/lib/ledger/with-wallet";
import { notifyChanged } from "@/lib/live/notify";
import { CLOSED } from "@/lib/programs/suspicion";
import { endExpired } from "@/lib/services/authorizations/end-expired";
import type { Context } from "@/lib/services/context";
import { done, type Result, refused } from "@/lib/services/result";
import { inTransaction } from "@/lib/services/retried";
import { forgetEmail } from "./email-memory";

export interface CloseAccount {
  account: AccountRef;
  /** What becomes of unspent money; must be chosen where there is some. */
  paid: PaidChoice | null;
}

/** Why the draws of a closed account are not made. */

/**
 * Closes an account for good. Its books stay whole: promotional credit lapses by postings, unspent money is kept to be
 * refunded or given up, what is owed is written off. Its person is forgotten: name, address, ways to sign in, sessions
 * and keys are gone, and only a keyed hash of the address stays. Usage that arrives later is charged and written off;
 * what it earned its referrer stays. The payment provider is made to forget it by the worker. The same again changes
 * nothing. Refused while work is authorized or a card is being charged (`out_of_order`), and without a choice where money is unspent (`invalid`).
 */
export async function closeAccount(ctx: Context, input: CloseAccount): Promise<Result<null>> {
  const closed = await inTransaction(ctx, (tx) => closeIn(ctx, tx, input));
  if (closed.ok) notifyChanged(ctx.db, [input.account.id]);
  return closed;
}

async function closeIn(ctx: Context, tx: Tx, { account, paid }: CloseAccount): Promise<Result<null>> {
  const raw = rawOf(tx);
  const at = ctx.clock();
  return withWallet(raw, { account, book: termsBook(ctx.db), at }, async (scope): Promise<Result<null>> => {
    const [before] = await tx.select().from(accountClosings).where(eq(accountClosings.accountId, account.id));
    if (before) return done(null, false);
    await endExpired(raw, scope.wallet, at);
    const open = await raw`
      select from authorizations where lane = ${account.lane} and account_id = ${account.id} and state = 'open'`;
    if (open.length > 0) return refused("out_of_order", stillRunning(open.length));
    if (await endTopUps(tx, account, at)) return refused("out_of_order", CHARGING);
    if (scope.wallet.state.paidNet > 0n && paid === null) {
      return refused("invalid", "Choose what becomes of the money you have not spent.", "paid");
    }
    await forget(tx, account, at);
    await endDraws(tx, account, at);
    await settleFirst(tx, scope, { account, paid, at });
    return done(null);
  });
}

const stillRunning = (count: number): string =>
  `${count === 1 ? "Work of yours is" : `${count} pieces of your work are`} still authorized to run. Stop it where you started it, then close the account.`;

const CHARGING =
  "Your card is being charged for an automatic top-up at this moment. Nothing was closed; try again in a minute.";

/**
 * Turns automatic top-up off: none begins any more. One that waits for the provider or for its owner is given up by the
 * worker. The account's row is locked, as whoever begins a top-up does.
 * @returns whether somebody is charging the card right now, whom nothing could stop any more
 */
async function endTopUps(tx: Tx, { lane, id }: AccountRef, at: Date): Promise<boolean> {
  const raw = rawOf(tx);
  await raw`select from accounts where lane = ${lane} and id = ${id} for update`;
  const open = await raw<{ charging: boolean }[]>`
    select payment_id is null and claimed_until > ${at.toISOString()} as charging from top_ups
     where lane = ${lane} and account_id = ${id} and ended_at is null for update`;
  if (open.some(({ charging }) => charging)) return true;
  await raw`
    update auto_top_ups set state = 'off', reason = null, card_id = null, failures = 0, updated_at = ${at.toISOString()}
     where lane = ${lane} and account_id = ${id}`;
  // The worker need not wait for its next look at it.
  await raw`
    update top_ups set claimed_until = ${at.toISOString()}
     where lane = ${lane} and account_id = ${id} and ended_at is null`;
  return false;
}

async function settleFirst(
  tx: Tx,
  scope: WalletScope,
  { account, paid, at }: CloseAccount & { at: Date },
): Promise<void> {
  // Money that is still on its way was never chosen about: it goes back.
  const choice = paid ?? "refund";
  const { seq: settledSeq, owed } = await settleClosed(rawOf(tx), scope, { paid: choice, at });
  await tx
    .insert(accountClosings)
    .values({ lane: account.lane, accountId: account.id, closedAt: at, paid: choice, settledSeq, owed });
}

/** Everything that says who it was. What was posted names the account alone. */
async function forget(tx: Tx, account: AccountRef, at: Date): Promise<void> {
  const { lane, id } = account;
  const [known] = await tx
    .select({ email: accounts.email })
    .from(accounts)
    .where(and(eq(accounts.lane, lane), eq(accounts.id, id)));
  await forgetEmail(tx, account);
  await tx
    .update(accounts)
    .set({
      status: "closed",
      name: null,
      firstNameShown: false,
      region: null,
      spendDayMax: null,
      spendMonthMax: null,
      updatedAt: at,
    })
    .where(and(eq(accounts.lane, lane), eq(accounts.id, id)));
  await tx
    .update(apiKeys)
    .set({ name: "", revokedAt: sql`coalesce(${apiKeys.revokedAt}, ${at.toISOString()}::timestamptz)` })
    .where(eq(apiKeys.accountId, id));
  // A reading of the cards that began before is thrown away, and none begins any more.
  await tx
    .update(paymentCustomers)
    .set({ readings: sql`${paymentCustomers.readings} + 1` })
    .where(and(eq(paymentCustomers.lane, lane), eq(paymentCustomers.accountId, id)));
  // What a card is told apart by stays: it says who is one customer. Its digits do not.
  await tx
    .update(cards)
    .set({ brand: "", last4: "", removedAt: sql`coalesce(${cards.removedAt}, ${at.toISOString()}::timestamptz)` })
    .where(and(eq(cards.lane, lane), eq(cards.accountId, id)));
  await tx.delete(accountVisits).where(and(eq(accountVisits.lane, lane), eq(accountVisits.accountId, id)));
  await tx.delete(notifications).where(and(eq(notifications.lane, lane), eq(notifications.accountId, id)));
  await tx
    .delete(notificationChoices)
    .where(and(eq(notificationChoices.lane, lane), eq(notificationChoices.accountId, id)));
  await tx.delete(supportRequests).where(and(eq(supportRequests.lane, lane), eq(supportRequests.accountId, id)));
  const owners = await tx
    .delete(accountOwners)
    .where(and(eq(accountOwners.lane, lane), eq(accountOwners.accountId, id)))
    .returning({ userId: accountOwners.userId });
  // With the person go their sessions and their ways to sign in.
  for (const { userId } of owners) await tx.delete(users).where(eq(users.id, userId));
  if (known?.email) await tx.delete(verificationTokens).where(eq(verificationTokens.identifier, known.email));
}

/** A bound draw is still drawn and published; one that waits for its round is not given one. */
async function endDraws(tx: Tx, { id }: AccountRef, at: Date): Promise<void> {
  const raw = rawOf(tx);
  const ended = await raw<{ id: string }[]>`
    update draws set state = 'held', held_reason = ${CLOSED}
     where beneficiary_id = ${id} and state in ('due', 'queued', 'held') returning id`;
  await raw`
    update reviews set state = 'refused', decided_at = ${at.toISOString()}, decided_by = 'closing',
                       decision_reason = 'The account was closed by its owner.'
     where kind = 'bonus' and state = 'open' and subject_id = any(${arrayLiteral(ended.map((draw) => draw.id))}::uuid[])`;
}
