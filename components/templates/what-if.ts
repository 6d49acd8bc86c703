import { amountText } from "@/lib/money/format";
import { NANOS_PER_CENT, nanos } from "@/lib/money/nanos";
import { parseAmount } from "@/lib/money/parse";

/** What a calculator begins with, as it is typed. */
export interface WhatIf {
  users: string;
  /** Dollars an hour. */
  price: string;
  /** Of each a week. */
  hours: string;
}

const HOUR_MS = 3_600_000n;
const WEEK_HOURS = 168n;
const DAYS_PER_WEEK = 7n;

/**
 * A template's own figures as a week of the calculator: its users, the hours each ran it and what an hour cost them on
 * average over the days given; null where nothing ran that earns.
 */
export function ownFigures(users: number, days: readonly { runtimeMs: string; spend: string }[]): WhatIf | null {
  let runtimeMs = 0n;
  let spend = 0n;
  for (const day of days) {
    const amount = parseAmount(day.spend);
    runtimeMs += BigInt(day.runtimeMs);
    spend += amount.ok ? amount.nanos : 0n;
  }
  if (users === 0 || runtimeMs < HOUR_MS || spend === 0n) return null;
  const price = (spend * HOUR_MS) / runtimeMs;
  const hours = (runtimeMs * DAYS_PER_WEEK) / (HOUR_MS * BigInt(days.length) * BigInt(users));
  const cents = price < NANOS_PER_CENT ? price : price - (price % NANOS_PER_CENT);
  return {
    users: String(users),
    price: amountText(nanos(cents)),
    hours: String(hours < 1n ? 1n : hours > WEEK_HOURS ? WEEK_HOURS : hours),
  };
}
