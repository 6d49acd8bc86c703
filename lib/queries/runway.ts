import "server-only";
import { and, eq, gte } from "drizzle-orm";
import { connection } from "next/server";
import { db } from "@/db/client";
import { accounts, wallets } from "@/db/schema/accounts";
import { accountDays } from "@/db/schema/usage";
import { amountText } from "@/lib/money/format";
import { maxNanos, type Nanos, nanos, sum, ZERO } from "@/lib/money/nanos";
import { paidOf } from "@/lib/programs/account";
import { dayOf, dayText } from "@/lib/programs/effects";
import { type Length, lastsMs, type Pace, pacesOf, type Reach, reachOf, runwayOf } from "@/lib/programs/runway";
import { missingTo } from "@/lib/programs/standing";
import type { AccountKey } from "./account-key";
import { bonusTrigger } from "./bonus";
import { spendingOf } from "./spending";

/** A pace and what it means for what is there. Exact decimal dollars, whole milliseconds. */
export interface ShownPace {
  over: Pace["over"];
  charged: string;
  /** How long the charge took. */
  ms: string;
  perDay: string;
  lastsMs: string;
}

/** How long something lasts or takes at one of the paces, in whole milliseconds. */
export interface ShownLength {
  over: Pace["over"];
  ms: string;
}

/** How long an account's credit lasts, and when its bonus is due, if it goes on as it went. */
export interface Forecast {
  /** The latest first; empty where nothing was used in the last seven days. */
  paces: ShownPace[];
  /** The cautious one of them where they are far apart, and the range that all of them give; null where there is none. */
  lasts: { told: ShownLength; shortest: ShownLength; longest: ShownLength; isApart: boolean } | null;
  /** When paid spend reaches the bonus's trigger; null where it is not paid spend of all services that counts. */
  reach:
    | { kind: "at_pace"; length: ShownLength }
    | { kind: "between"; shortest: ShownLength; longest: ShownLength }
    | { kind: "short"; short: string }
    | { kind: "idle" | "reached" }
    | null;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24n * 3_600_000n;
const DAYS_READ = 8;
/** Of the newest postings so many are looked at: who has more within an hour is judged by the day. */
const EVENTS_MAX = 2_000;

/** @throws Error when the account has no wallet: they are made together. */
export async function forecastOf(account: AccountKey): Promise<Forecast> {
  await connection();
  const nowMs = Date.now();
  const [wallet, lastHour, days, trigger] = await Promise.all([
    walletRow(account),
    hourOf(account, nowMs),
    daysOf(account, nowMs),
    bonusTrigger(account),
  ]);
  const { promo, earned, market, paidNet, reserved } = wallet.wallet;
  const paces = pacesOf({ nowMs, sinceMs: wallet.signedUpAt.getTime(), lastHour, days });
  const available = maxNanos(ZERO, nanos(promo + earned + market + paidNet - reserved));
  const runway = runwayOf(available, paces);
  const missing =
    trigger?.kind === "spend" && trigger.service === null ? missingTo(spendingOf(wallet.wallet), trigger) : null;
  return {
    paces: paces.map((pace) => ({
      over: pace.over,
      charged: amountText(pace.charged),
      ms: String(pace.ms),
      perDay: amountText(nanos((pace.charged * DAY_MS) / pace.ms)),
      lastsMs: String(lastsMs(available, pace)),
    })),
    lasts: runway && {
      told: lengthText(runway.told),
      shortest: lengthText(runway.shortest),
      longest: lengthText(runway.longest),
      isApart: runway.isApart,
    },
    reach:
      missing === null
        ? null
        : toText(reachOf({ missing, before: sum([promo, earned, market]), paid: paidOf(paidNet), paces })),
  };
}

const lengthText = ({ over, ms }: Length): ShownLength => ({ over, ms: String(ms) });

function toText(reach: Reach): Forecast["reach"] {
  switch (reach.kind) {
    case "at_pace":
      return { kind: reach.kind, length: lengthText(reach.length) };
    case "between":
      return { kind: reach.kind, shortest: lengthText(reach.shortest), longest: lengthText(reach.longest) };
    case "short":
      return { kind: reach.kind, short: amountText(reach.short) };
    default:
      return { kind: reach.kind };
  }
}

async function walletRow({ lane, id }: AccountKey) {
  const [row] = await db()
    .select({ wallet: wallets, signedUpAt: accounts.signedUpAt })
    .from(wallets)
    .innerJoin(accounts, and(eq(accounts.lane, wallets.lane), eq(accounts.id, wallets.accountId)))
    .where(and(eq(wallets.lane, lane), eq(wallets.accountId, id)));
  if (!row) throw new Error(`Account ${id} has no wallet`);
  return row;
}

/** Charges of the last eight UTC days, oldest first. */
async function daysOf({ lane, id }: AccountKey, nowMs: number): Promise<Nanos[]> {
  const first = dayOf(nowMs) - DAYS_READ + 1;
  const rows = await db()
    .select()
    .from(accountDays)
    .where(and(eq(accountDays.lane, lane), eq(accountDays.accountId, id), gte(accountDays.day, dayText(first))));
  const charged = new Map(
    rows.map((row) => [row.day, sum([row.chargedPod, row.chargedServerless, row.chargedStorage])]),
  );
  return Array.from({ length: DAYS_READ }, (_, index) => charged.get(dayText(first + index)) ?? ZERO);
}

/**
 * What ended within the last hour, less what was taken back of it. An event that does not say how long it ran stands
 * for the hour.
 */
async function hourOf({ lane, id }: AccountKey, nowMs: number) {
  const from = new Date(nowMs - HOUR_MS).toISOString();
  const [row] = await db().$client<{ count: string; charge: string; start_ms: string }[]>`
    select count(*) as count, coalesce(sum(charge), 0) as charge,
           coalesce(min(extract(epoch from ended_at) * 1000
             - case when duration_ms = 0 then ${HOUR_MS} else duration_ms end), 0)::bigint as start_ms
      from (select ended_at, duration_ms, charge from usage_events
             where lane = ${lane} and account_id = ${id} order by seq desc limit ${EVENTS_MAX}) e
     where e.ended_at > ${from}`;
  if (!row || row.count === "0" || Number(row.count) === EVENTS_MAX) return null;
  return { charged: nanos(BigInt(row.charge)), firstStartMs: Number(row.start_ms) };
}
