import type { TransactionSql } from "postgres";
import type { LockedWallet } from "@/lib/ledger/wallet";
import { dollarsExact } from "@/lib/money/format";
import { type Nanos, nanos } from "@/lib/money/nanos";
import type { Denial } from "./denial";

export interface Capped {
  hour: Nanos;
  /** What the same work holds already. */
  held: Nanos;
  at: Date;
  /** Null for no limit. */
  dayMax: Nanos | null;
  monthMax: Nanos | null;
}

/**
 * Whether another hour would pass what the customer wants to spend in a day or a month (UTC): what was charged in it,
 * with the hours reserved for open work and this one. Work that runs is never stopped by it.
 */
export async function judgeCaps(raw: TransactionSql, wallet: LockedWallet, capped: Capped): Promise<Denial | null> {
  const { account, state } = wallet;
  const { hour, held, at, dayMax, monthMax } = capped;
  if (hour <= held || (dayMax === null && monthMax === null)) return null;
  const today = at.toISOString().slice(0, 10);
  const [charged] = await raw<{ today: string; month: string }[]>`
    with days as (
      select day, charged_pod + charged_serverless + charged_storage as charged from account_days
       where lane = ${account.lane} and account_id = ${account.id}
         and day between date_trunc('month', ${today}::date)::date and ${today}::date)
    select coalesce(sum(charged) filter (where day = ${today}::date), 0) as today, coalesce(sum(charged), 0) as month
      from days`;
  if (!charged) throw new Error(`The days of account ${account.id} were not added up`);
  const running = state.reserved - held + hour;
  const isOver = (spent: string, most: Nanos | null) => most !== null && BigInt(spent) + running > most;
  if (dayMax !== null && isOver(charged.today, dayMax)) {
    return overCap({ most: dayMax, spent: charged.today, running, period: "day", until: nextDay(at) });
  }
  if (monthMax !== null && isOver(charged.month, monthMax)) {
    return overCap({ most: monthMax, spent: charged.month, running, period: "month", until: nextMonth(at) });
  }
  return null;
}

const nextDay = (at: Date): Date => new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate() + 1));
const nextMonth = (at: Date): Date => new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1));

function overCap(cap: { most: Nanos; spent: string; running: bigint; period: string; until: Date }): Denial {
  const { most, period, until } = cap;
  const spent = dollarsExact(nanos(BigInt(cap.spent)));
  const running = dollarsExact(nanos(cap.running));
  return {
    reason: "spend_cap",
    detail: `The account's owner set a limit of ${dollarsExact(most)} a ${period}: ${spent} of it is spent, and an hour of all its work would take ${running}. They can raise it in Settings; otherwise send this again after ${until.toISOString()}`,
  };
}
