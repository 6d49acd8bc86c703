import { and, eq, sql } from "drizzle-orm";
import type { Queryable } from "@/db/client";
import { refundRequests } from "@/db/schema/operators";
import { unreservedOf } from "@/lib/ledger/reserve";
import type { AccountRef, WalletState } from "@/lib/ledger/wallet";
import { maxNanos, minNanos, NANOS_PER_CENT, type Nanos, nanos, ZERO } from "@/lib/money/nanos";
import { payments } from "@/lib/payments/configured";
import { idAtProvider } from "@/lib/payments/references";

/** A deposit, and how much of it has not been spent. */
export interface Refundable {
  reference: string;
  amount: Nanos;
  /** When it was paid. */
  occurredAt: Date;
  /** Given back, charged back or promised to be, less what came back. */
  reversed: Nanos;
  /** What of it may be given back: unspent *paid* credit of this deposit that is not reserved, in whole cents. */
  refundable: Nanos;
}

type Balance = Pick<WalletState, "promo" | "earned" | "market" | "paidNet" | "reserved">;

interface Row extends Record<string, unknown> {
  reference: string;
  amount: string;
  occurred_ms: string;
  reversed: string;
}

/**
 * An account's deposits, the latest first. *Paid* credit is spent in the order it came, so what is left of it is the
 * latest deposits'; what refunds under way take is gone already.
 * @param balance of the wallet, whose lock is held where the answer is acted on
 */
export async function refundables(db: Queryable, account: AccountRef, balance: Balance): Promise<Refundable[]> {
  const rows = await db.execute<Row>(sql`
    select d.reference, d.amount::text as amount, (extract(epoch from d.occurred_at) * 1000)::bigint::text as occurred_ms,
           coalesce(r.reversed, 0)::text as reversed
      from deposits d
      left join lateral (
        select sum(case when reason in ('dispute_won', 'refund_failed') then -amount else amount end) as reversed
          from reversals where deposit_reference = d.reference) r on true
     where d.lane = ${account.lane} and d.account_id = ${account.id}
     order by d.seq desc`);
  const underWay = await underWayOf(db, account);
  let promised = ZERO;
  for (const amount of underWay.values()) promised = nanos(promised + amount);
  const free = maxNanos(ZERO, nanos(unreservedOf(balance) - promised));
  let left = maxNanos(ZERO, nanos(balance.paidNet - promised));
  return rows.map((row) => {
    const { reference } = row;
    const amount = nanos(BigInt(row.amount));
    const reversed = nanos(BigInt(row.reversed) + (underWay.get(reference) ?? 0n));
    const unspent = minNanos(left, maxNanos(ZERO, nanos(amount - reversed)));
    left = nanos(left - unspent);
    const whole = minNanos(unspent, free);
    return {
      reference,
      amount,
      occurredAt: new Date(Number(row.occurred_ms)),
      reversed,
      refundable: nanos(whole - (whole % NANOS_PER_CENT)),
    };
  });
}

/** Those that came through the payment provider, and so can go back through it. */
export async function refundablesAtProvider(
  db: Queryable,
  account: AccountRef,
  balance: Balance,
): Promise<Refundable[]> {
  const { name } = payments();
  return (await refundables(db, account, balance)).filter(({ reference }) => idAtProvider(name, reference) !== null);
}

/** What was sent to the provider and has not been answered, by deposit. */
async function underWayOf(db: Queryable, { lane, id }: AccountRef): Promise<Map<string, Nanos>> {
  const { depositReference, amount, accountId, state } = refundRequests;
  const rows = await db
    .select({ depositReference, amount })
    .from(refundRequests)
    .where(and(eq(accountId, id), eq(refundRequests.lane, lane), eq(state, "sending")));
  const sums = new Map<string, Nanos>();
  for (const row of rows) {
    sums.set(row.depositReference, nanos((sums.get(row.depositReference) ?? 0n) + row.amount));
  }
  return sums;
}
