import { randomUUID } from "node:crypto";
import type { TransactionSql } from "postgres";
import { rawOf, type Tx } from "@/db/client";
import { topUps } from "@/db/schema/top-ups";
import type { AccountRef } from "@/lib/ledger/wallet";
import { amountText } from "@/lib/money/format";
import { maxNanos, minNanos, NANOS_PER_CENT, type Nanos, nanos } from "@/lib/money/nanos";
import type { Context } from "@/lib/services/context";
import { notify } from "@/lib/services/notifications/notify";
import { inTransaction } from "@/lib/services/retried";
import { ATTEMPT_EVERY_MS, CLAIM_MS, TOP_UP_MAX, TOP_UP_MIN } from "./rules";

export type TopUp = typeof topUps.$inferSelect;

interface Facts {
  mode: "amount" | "target";
  amount: string;
  month_max: string;
  credit: string;
  /** Charged this month, or about to be. */
  this_month: string;
  card_id: string | null;
}

/**
 * Writes down that an account is topped up now, unless it need not be, or may not: once, however many ask at once,
 * because who asks second finds the hour begun. Nothing is charged yet.
 */
export const beginTopUp = (ctx: Context, account: AccountRef): Promise<TopUp | null> =>
  inTransaction(ctx, async (tx) => {
    const raw = rawOf(tx);
    const at = ctx.clock();
    const facts = await readFacts(raw, account, at);
    if (facts === null) return null;
    const { card_id: cardId } = facts;
    if (cardId === null) {
      await suspend(tx, { account, at, reason: "no_card", amount: nanos(BigInt(facts.amount)) });
      return null;
    }
    const wanted = amountOf(facts);
    const room = nanos(BigInt(facts.month_max) - BigInt(facts.this_month));
    const amount = wholeCents(minNanos(wanted, room));
    if (amount < TOP_UP_MIN) {
      await waitForNextMonth(tx, { account, at, amount: wanted });
      return null;
    }
    const [row] = await tx
      .insert(topUps)
      .values({
        id: randomUUID(),
        lane: account.lane,
        accountId: account.id,
        amount,
        cardId,
        state: "begun",
        begunAt: at,
        claimedUntil: new Date(at.getTime() + CLAIM_MS),
      })
      .returning();
    await setNext(raw, account, new Date(at.getTime() + ATTEMPT_EVERY_MS));
    return row ?? null;
  });

/** Under the lock of the settings' row: everything that decides whether, and how much. Null for not now. */
async function readFacts(raw: TransactionSql, account: AccountRef, at: Date): Promise<Facts | null> {
  const { lane, id } = account;
  const now = at.toISOString();
  // Closing locks it as well: either it finds what is begun here, or this finds the account closed.
  await raw`select from accounts where lane = ${lane} and id = ${id} for share`;
  const [locked] = await raw`
    select from auto_top_ups where lane = ${lane} and account_id = ${id} and state = 'on' and next_at <= ${now} for update`;
  if (!locked) return null;
  const today = now.slice(0, 10);
  const [facts] = await raw<Facts[]>`
    select s.mode, s.amount, s.month_max, w.promo + w.earned + w.market + w.paid_net as credit,
           (select coalesce(sum(t.amount), 0) from top_ups t
             where t.lane = s.lane and t.account_id = s.account_id and t.state <> 'failed'
               and t.begun_at >= date_trunc('month', ${today}::date::timestamp) at time zone 'UTC') as this_month,
           (select c.id from cards c
             where c.lane = s.lane and c.account_id = s.account_id and c.removed_at is null
               and make_date(c.expiry_year, c.expiry_month, 1) >= date_trunc('month', ${today}::date)
             order by (c.id = s.card_id) is true desc, c.saved_at desc, c.id desc limit 1) as card_id
      from auto_top_ups s
      join wallets w on w.lane = s.lane and w.account_id = s.account_id
      join accounts a on a.lane = s.lane and a.id = s.account_id
     where s.lane = ${lane} and s.account_id = ${id} and a.status = 'active'
       and w.promo + w.earned + w.market + w.paid_net < s.threshold
       and not exists (select from top_ups t
                        where t.lane = s.lane and t.account_id = s.account_id and t.ended_at is null)`;
  return facts ?? null;
}

function amountOf({ mode, amount, credit }: Facts): Nanos {
  const chosen = nanos(BigInt(amount));
  if (mode === "amount") return chosen;
  const lacking = nanos(chosen - BigInt(credit));
  return minNanos(maxNanos(upToCents(lacking), TOP_UP_MIN), TOP_UP_MAX);
}

const wholeCents = (amount: Nanos): Nanos => nanos(amount - (amount % NANOS_PER_CENT));
const upToCents = (amount: Nanos): Nanos => wholeCents(nanos(amount + NANOS_PER_CENT - 1n));

interface NotNow {
  account: AccountRef;
  at: Date;
  amount: Nanos;
}

/** The month's most is reached: nothing more until the next one, and its owner is told once. */
async function waitForNextMonth(tx: Tx, { account, at, amount }: NotNow): Promise<void> {
  const next = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1));
  await setNext(rawOf(tx), account, next);
  await notify(tx, {
    account,
    kind: "wallet.top_up_failed",
    cause: `top-up-month:${at.toISOString().slice(0, 7)}`,
    at,
    facts: { amount: amountText(amount), reason: "month_max", suspended: false },
  });
}

/** Nothing is charged any more until its owner turns it on again; they are told. */
export async function suspend(tx: Tx, { account, at, amount, reason }: NotNow & { reason: string }): Promise<void> {
  await rawOf(tx)`
    update auto_top_ups set state = 'suspended', reason = ${reason}, updated_at = ${at.toISOString()}
     where lane = ${account.lane} and account_id = ${account.id}`;
  await notify(tx, {
    account,
    kind: "wallet.top_up_failed",
    cause: `top-up-suspended:${at.toISOString()}`,
    at,
    facts: { amount: amountText(amount), reason, suspended: true },
  });
}

const setNext = (raw: TransactionSql, { lane, id }: AccountRef, next: Date) => raw`
  update auto_top_ups set next_at = ${next.toISOString()} where lane = ${lane} and account_id = ${id}`;
