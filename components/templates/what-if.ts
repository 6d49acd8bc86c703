import { COUNT_MAX, HOUR_TENTH_MS, WEEK_HOURS } from "@/components/calculators/typed";
import { amountText } from "@/lib/money/format";
import { NANOS_PER_CENT, nanos } from "@/lib/money/nanos";
import { parseAmount } from "@/lib/money/parse";

/** What a calculator begins with, as it is typed. */
export interface WhatIf {
  users: string;
  /** Dollars an hour. */
  price: string;
  /** Of each a week, to a tenth. */
  hours: string;
}

const TENTHS_PER_HOUR = 10n;
const DAYS_PER_WEEK = 7n;

/**
 * A template's own figures as an average week of the calculator; null where too little ran that earns. Each is rounded
 * down, so that together they never come to more than others spent. Others' runtime and who ran it when are not kept:
 * all runtime is taken for theirs, which makes an hour cheaper than it was, and whoever ever ran it for a user, as long
 * as each has a tenth of an hour.
 * @param users others who ever ran it
 * @param days of the period: everybody's runtime, others' spend
 */
export function ownFigures(users: number, days: readonly { runtimeMs: string; spend: string }[]): WhatIf | null {
  let runtimeMs = 0n;
  let spend = 0n;
  for (const day of days) {
    const amount = parseAmount(day.spend);
    runtimeMs += BigInt(day.runtimeMs);
    spend += amount.ok ? amount.nanos : 0n;
  }
  const tenths = (runtimeMs * DAYS_PER_WEEK) / (HOUR_TENTH_MS * BigInt(days.length));
  const count = least(BigInt(users), tenths, COUNT_MAX);
  if (count === 0n || spend === 0n) return null;
  const price = (spend * HOUR_TENTH_MS * TENTHS_PER_HOUR) / runtimeMs;
  const cents = price < NANOS_PER_CENT ? price : price - (price % NANOS_PER_CENT);
  return {
    users: String(count),
    price: amountText(nanos(cents)),
    hours: tenthsText(least(tenths / count, WEEK_HOURS * TENTHS_PER_HOUR)),
  };
}

const least = (first: bigint, ...others: bigint[]): bigint => others.reduce((a, b) => (b < a ? b : a), first);

/** "0.4", "84" */
function tenthsText(tenths: bigint): string {
  const [whole, rest] = [tenths / TENTHS_PER_HOUR, tenths % TENTHS_PER_HOUR];
  return rest === 0n ? String(whole) : `${whole}.${rest}`;
}
