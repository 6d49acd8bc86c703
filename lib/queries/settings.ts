import "server-only";
import { and, eq } from "drizzle-orm";
import { connection } from "next/server";
import { db } from "@/db/client";
import { accounts } from "@/db/schema/accounts";
import { amountText } from "@/lib/money/format";
import type { Nanos } from "@/lib/money/nanos";
import { listOwnKeys } from "@/lib/services/keys/list-own-keys";
import type { AccountKey } from "./account-key";

/** The owner's limits and what counts against them. Exact decimal dollars; null where there is no limit. */
export interface SpendLimitsView {
  dayMax: string | null;
  monthMax: string | null;
  spentToday: string;
  spentThisMonth: string;
}

/** @throws Error when there is no such account. */
export async function spendLimitsOf({ lane, id }: AccountKey): Promise<SpendLimitsView> {
  await connection();
  const [limits] = await db()
    .select({ dayMax: accounts.spendDayMax, monthMax: accounts.spendMonthMax })
    .from(accounts)
    .where(and(eq(accounts.lane, lane), eq(accounts.id, id)));
  if (!limits) throw new Error(`Account ${id} is not there`);
  const today = new Date().toISOString().slice(0, 10);
  const [spent] = await db().$client<{ today: string; month: string }[]>`
    with days as (
      select day, charged_pod + charged_serverless + charged_storage as charged from account_days
       where lane = ${lane} and account_id = ${id} and day between date_trunc('month', ${today}::date)::date and ${today}::date)
    select coalesce(sum(charged) filter (where day = ${today}::date), 0) as today, coalesce(sum(charged), 0) as month
      from days`;
  const text = (amount: Nanos | null) => (amount === null ? null : amountText(amount));
  return {
    dayMax: text(limits.dayMax),
    monthMax: text(limits.monthMax),
    spentToday: amountText(BigInt(spent?.today ?? 0) as Nanos),
    spentThisMonth: amountText(BigInt(spent?.month ?? 0) as Nanos),
  };
}

/**
 * What an account's person is called: on receipts, by operators, and to visitors where that is allowed.
 * @throws Error when there is no such account.
 */
export async function nameOf({ lane, id }: AccountKey): Promise<string | null> {
  await connection();
  const [account] = await db()
    .select({ name: accounts.name })
    .from(accounts)
    .where(and(eq(accounts.lane, lane), eq(accounts.id, id)));
  if (!account) throw new Error(`Account ${id} is not there`);
  return account.name;
}

/** A key as its owner sees it, never the key itself. */
export interface OwnKeyView {
  id: string;
  name: string;
  tail: string;
  /** ISO 8601 */
  createdAt: string;
}

/** The keys an account may use now, the latest first. */
export async function ownKeysOf(account: AccountKey): Promise<OwnKeyView[]> {
  await connection();
  const keys = await listOwnKeys(db(), account);
  return keys.map(({ createdAt, ...key }) => ({ ...key, createdAt: createdAt.toISOString() }));
}
