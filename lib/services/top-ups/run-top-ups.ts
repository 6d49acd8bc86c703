import { eq } from "drizzle-orm";
import type { Sql, TransactionSql } from "postgres";
import { rawOf } from "@/db/client";
import { topUps } from "@/db/schema/top-ups";
import type { AccountRef } from "@/lib/ledger/wallet";
import { type Charge, PaymentsUnavailable } from "@/lib/payments/provider";
import type { Context } from "@/lib/services/context";
import type { PaymentContext } from "@/lib/services/funds/payment-context";
import { customerOf } from "@/lib/services/funds/payment-customer";
import { inTransaction } from "@/lib/services/retried";
import { beginTopUp, type TopUp } from "./begin-top-up";
import { ASK_AGAIN_WITHIN_MS, CLAIM_MS, CONFIRM_WITHIN_MS } from "./rules";
import { settleTopUp } from "./settle-top-up";

/** So many at a time; the next run takes the rest. */
const AT_ONCE_MAX = 100;

export interface TopUpWork {
  /** Accounts that have fallen below their threshold and may be charged now. */
  low: AccountRef[];
  /** Top-ups that nobody looks after. */
  left: string[];
}

/** What there is to do. Two looks by index: at those who turned it on, and at what is under way. */
export async function topUpWork({ db, clock }: Context): Promise<TopUpWork> {
  const now = clock().toISOString();
  const low = await db.$client<AccountRef[]>`
    select s.lane, s.account_id as id from auto_top_ups s
      join wallets w on w.lane = s.lane and w.account_id = s.account_id
      join accounts a on a.lane = s.lane and a.id = s.account_id and a.status = 'active'
     where s.state = 'on' and s.next_at <= ${now} and w.promo + w.earned + w.market + w.paid_net < s.threshold
       and not exists (select from top_ups t
                        where t.lane = s.lane and t.account_id = s.account_id and t.ended_at is null)
     order by s.next_at limit ${AT_ONCE_MAX}`;
  const left = await db.$client<{ id: string }[]>`
    select t.id from top_ups t
     where t.ended_at is null and t.claimed_until <= ${now} and ${mayBeAsked(db.$client)}
     order by t.claimed_until limit ${AT_ONCE_MAX}`;
  return { low, left: left.map(({ id }) => id) };
}

/**
 * Tops up who needs it and looks after what is under way: once for each, however many processes do this at once and
 * however often one of them ends half-way. A provider that is silent is asked again later, by the same key.
 */
export async function runTopUps(ctx: PaymentContext, { low, left }: TopUpWork): Promise<void> {
  const errors: unknown[] = [];
  const each = [...low.map((account) => () => beginTopUp(ctx, account)), ...left.map((id) => () => claim(ctx, id))];
  for (const begin of each) {
    try {
      const topUp = await begin();
      if (topUp) await carryOn(ctx, topUp);
    } catch (error) {
      // One that cannot be dealt with keeps nobody else waiting.
      errors.push(error);
    }
  }
  if (errors.length > 0) throw new AggregateError(errors, `${errors.length} top-ups were not dealt with`);
}

/**
 * Of a closed account, only once the provider has forgotten its cards: asked again then, it answers what became of the
 * charge if there was one, and cannot charge any more if there was none.
 */
const mayBeAsked = (raw: Sql | TransactionSql) => raw`not exists (
  select from account_closings c join payment_customers p on p.lane = c.lane and p.account_id = c.account_id
   where c.lane = t.lane and c.account_id = t.account_id and p.forgotten_at is null)`;

const claim = (ctx: PaymentContext, id: string): Promise<TopUp | null> =>
  inTransaction(ctx, async (tx) => {
    const raw = rawOf(tx);
    const now = ctx.clock();
    // Locked in a statement of its own: what is read next is not older than a closing that held the lock.
    await raw`select from top_ups where id = ${id} for update`;
    const [mine] = await raw`
      update top_ups t set claimed_until = ${new Date(now.getTime() + CLAIM_MS).toISOString()}
       where t.id = ${id} and t.ended_at is null and t.claimed_until <= ${now.toISOString()} and ${mayBeAsked(raw)}
      returning t.id`;
    if (!mine) return null;
    const [row] = await tx.select().from(topUps).where(eq(topUps.id, id));
    return row ?? null;
  });

async function carryOn(ctx: PaymentContext, topUp: TopUp): Promise<void> {
  try {
    await settleTopUp(ctx, topUp, await ask(ctx, topUp));
  } catch (error) {
    // Nobody knows what became of it: whoever looks after it next asks again, by the same key.
    if (!(error instanceof PaymentsUnavailable)) throw error;
  }
}

async function isClosed({ db }: Context, { lane, accountId }: TopUp): Promise<boolean> {
  const rows = await db.$client`select from account_closings where lane = ${lane} and account_id = ${accountId}`;
  return rows.length > 0;
}

async function ask(ctx: PaymentContext, topUp: TopUp): Promise<Charge> {
  const { id: topUpId, accountId, amount, cardId, paymentId, state } = topUp;
  const age = ctx.clock().getTime() - topUp.begunAt.getTime();
  if (paymentId !== null) {
    const isOverdue = state === "asked" && age > CONFIRM_WITHIN_MS;
    return isOverdue || (await isClosed(ctx, topUp))
      ? ctx.payments.cancelCharge(paymentId)
      : ctx.payments.chargeState(paymentId);
  }
  if (age > ASK_AGAIN_WITHIN_MS) return { paymentId: null, state: "failed", reason: "provider_silent" };
  const customerId = await customerOf(ctx, { lane: topUp.lane, id: accountId });
  if (customerId === null) return { paymentId: null, state: "failed", reason: "card_gone" };
  return ctx.payments.chargeCard({ accountId, customerId, cardId, amount, topUpId });
}
