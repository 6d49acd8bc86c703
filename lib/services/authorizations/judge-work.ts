import type { TransactionSql } from "postgres";
import { unreservedOf } from "@/lib/ledger/reserve";
import type { LockedWallet } from "@/lib/ledger/wallet";
import { dollarsExact } from "@/lib/money/format";
import { type Nanos, nanos } from "@/lib/money/nanos";
import type { Denial } from "./denial";
import { judgeCaps } from "./judge-caps";

export interface Work {
  /** What one hour of it costs. */
  hour: Nanos;
  /** Of that, what the same work holds already. */
  held: Nanos;
  at: Date;
}

interface Facts {
  status: "active" | "held" | "closed";
  spend_day_max: string | null;
  spend_month_max: string | null;
  /** Of each deposit, what was taken back and not won again, but no more than it brought: a bank may take back more. */
  reversed: string;
  /** Whether a card that has not expired is on file. */
  on_file: boolean;
}

/**
 * Whether work may run: an account that is neither held nor closed, a card on file or money that stands, within the
 * customer's own limits, and one hour of it covered by what is available.
 * @returns why not, or null. The wallet's lock is held, so that nothing judged here changes before it is written.
 */
export async function judgeWork(raw: TransactionSql, wallet: LockedWallet, work: Work): Promise<Denial | null> {
  const { account, state } = wallet;
  const today = work.at.toISOString().slice(0, 10);
  const [facts] = await raw<Facts[]>`
    select a.status, a.spend_day_max, a.spend_month_max,
           (select coalesce(sum(least(d.amount, greatest(0, (
                     select sum(case when r.reason in ('dispute_won', 'refund_failed') then -r.amount else r.amount end)
                       from reversals r where r.deposit_reference = d.reference)))), 0)
              from deposits d where d.lane = a.lane and d.account_id = a.id) as reversed,
           exists (select from cards c
                    where c.lane = a.lane and c.account_id = a.id and c.removed_at is null
                      and make_date(c.expiry_year, c.expiry_month, 1) >= date_trunc('month', ${today}::date)) as on_file
      from accounts a where a.lane = ${account.lane} and a.id = ${account.id}`;
  if (!facts) throw new Error(`Account ${account.id} is not there`);
  if (facts.status === "held") return held;
  if (facts.status === "closed") return closed;
  // While less was taken back of the deposits than they brought, something of one of them stands.
  if (!facts.on_file && state.deposited <= BigInt(facts.reversed)) return noPaymentMethod;
  const [day, month] = [facts.spend_day_max, facts.spend_month_max].map((most) =>
    most === null ? null : nanos(BigInt(most)),
  );
  const overCap = await judgeCaps(raw, wallet, { ...work, dayMax: day ?? null, monthMax: month ?? null });
  if (overCap) return overCap;
  const unreserved = unreservedOf(state) + work.held;
  if (unreserved >= work.hour) return null;
  return insufficient(work.hour, nanos(unreserved));
}

const held: Denial = {
  reason: "account_held",
  detail:
    "This account is held for review, and no new work may start on it until an operator has decided; its owner can ask the operator how long that takes",
};

const closed: Denial = {
  reason: "account_held",
  detail:
    "This account was closed by its owner, and no work may start on it any more; its customer needs a new account",
};

const noPaymentMethod: Denial = {
  reason: "no_payment_method",
  detail:
    "The account has neither a payment method on file nor a deposit that stands; its owner can save a card or pay in any amount on the Funds page, then send this again",
};

function insufficient(hour: Nanos, unreserved: Nanos): Denial {
  const missing = nanos(hour - unreserved);
  const available = dollarsExact(unreserved > 0n ? unreserved : nanos(0n));
  return {
    reason: "insufficient_balance",
    detail: `One hour of this costs ${dollarsExact(hour)} and ${available} is available; pay in at least ${dollarsExact(missing)}, or end other work, then send this again`,
    missing,
  };
}
