import type { TransactionSql } from "postgres";
import { type Db, rawOf, type Tx } from "@/db/client";
import { laneOf } from "@/lib/ledger/lanes";
import type { AccountRef } from "@/lib/ledger/wallet";
import { notifyChanged } from "@/lib/live/notify";
import { amountText } from "@/lib/money/format";
import { maxNanos, nanos, ZERO } from "@/lib/money/nanos";
import type { Context } from "@/lib/services/context";
import type { Told } from "@/lib/services/notifications/kinds";
import { notify } from "@/lib/services/notifications/notify";
import { inTransaction } from "@/lib/services/retried";

type Level = "ok" | "low" | "depleted";

const ranks: Record<Level, number> = { ok: 0, low: 1, depleted: 2 };

/** So many crossings in one run; the next one tells the rest. */
const AT_ONCE_MAX = 500;

/**
 * Tells who has crossed a level of credit since it was last told: once for each crossing, however many processes judge
 * at once. Credit is every bucket less arrears; what is reserved for running work has not been spent.
 * @param accountIds whose wallets may have changed; all there are when absent, which reads every wallet once
 * @returns how many crossings were told
 */
export async function judgeLevels(ctx: Context, accountIds?: readonly string[]): Promise<number> {
  const crossing = await whoCrossed(ctx.db, accountIds);
  const told: string[] = [];
  for (const account of crossing) {
    if (await inTransaction(ctx, (tx) => judge(ctx, tx, account))) told.push(account.id);
  }
  notifyChanged(ctx.db, told);
  return told.length;
}

async function whoCrossed({ $client: sql }: Db, accountIds?: readonly string[]): Promise<AccountRef[]> {
  // By lane as well, so that it is the wallets' own key that finds them.
  const among =
    accountIds === undefined
      ? sql``
      : sql`join unnest(${accountIds.map(laneOf)}::smallint[], ${accountIds}::uuid[]) as c (lane, id)
              on c.lane = w.lane and c.id = w.account_id`;
  return sql<AccountRef[]>`
    select w.lane, w.account_id as id
      from wallets w ${among} left join balance_alerts b on b.lane = w.lane and b.account_id = w.account_id
     where not w.closed
       and coalesce(b.level, 'ok') <> case
             when w.seq > 0 and w.promo + w.earned + w.market + w.paid_net <= 0 then 'depleted'
             when w.promo + w.earned + w.market + w.paid_net < b.low_below then 'low' else 'ok' end
     limit ${AT_ONCE_MAX}`;
}

async function judge(ctx: Context, tx: Tx, account: AccountRef): Promise<boolean> {
  const raw = rawOf(tx);
  const at = ctx.clock();
  const { lane, id } = account;
  await raw`insert into balance_alerts (lane, account_id) values (${lane}, ${id}) on conflict do nothing`;
  const [before] = await raw<{ level: Level; low_below: string | null; crossings: number }[]>`
    select level, low_below, crossings from balance_alerts where lane = ${lane} and account_id = ${id} for update`;
  if (!before) throw new Error(`Account ${id} has no level`);
  const credit = await creditOf(raw, account);
  const lowBelow = before.low_below === null ? null : nanos(BigInt(before.low_below));
  const isLow = lowBelow !== null && credit.amount < lowBelow;
  const level: Level = credit.moved && credit.amount <= 0n ? "depleted" : isLow ? "low" : "ok";
  if (level === before.level) return false;
  const crossings = before.crossings + 1;
  await raw`
    update balance_alerts
       set level = ${level}, crossings = ${crossings}, credit = ${String(credit.amount)}, crossed_at = ${at.toISOString()}
     where lane = ${lane} and account_id = ${id}`;
  const available = amountText(maxNanos(credit.amount, ZERO));
  const told: Told =
    ranks[level] < ranks[before.level]
      ? { kind: "wallet.recovered", facts: { available } }
      : level === "low"
        ? { kind: "wallet.low", facts: { available, threshold: amountText(lowBelow ?? ZERO) } }
        : { kind: "wallet.depleted", facts: {} };
  await notify(tx, { ...told, account, cause: `level:${crossings}`, at });
  return true;
}

async function creditOf(raw: TransactionSql, { lane, id }: AccountRef) {
  const [wallet] = await raw<{ credit: string; moved: boolean }[]>`
    select promo + earned + market + paid_net as credit, seq > 0 as moved
      from wallets where lane = ${lane} and account_id = ${id}`;
  if (!wallet) throw new Error(`Account ${id} has no wallet`);
  return { amount: nanos(BigInt(wallet.credit)), moved: wallet.moved };
}
