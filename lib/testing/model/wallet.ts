import type { ModelAccount, PostedUsage } from "./accounts";
import type { ModelUsage } from "./history";
import { takeFrom } from "./lots";
import { least } from "./rules";

/** Draws a charge from promo, earned and what was paid, in this order; below zero is arrears. */
export function charge(account: ModelAccount, usage: ModelUsage, postedAtMs: number): void {
  const promo = least(usage.charge, account.promo);
  const earned = least(usage.charge - promo, account.earned);
  const paid = usage.charge - promo - earned;
  const drawn = [...takeFrom(account.lots, "promo", promo), ...takeFrom(account.lots, "earned", earned)];
  account.promo -= promo;
  account.earned -= earned;
  account.paidNet -= paid;
  account.usage.push({ ...usage, postedAtMs, promo, earned, paid, drawn, voided: false, neverJoined: false });
}

/** What an event drew goes back to where it came from; credit settles debt first. */
export function giveBack(account: ModelAccount, event: PostedUsage): void {
  account.paidNet += event.paid;
  for (const { lot, amount } of event.drawn) lot.left += amount;
  for (const bucket of ["promo", "earned"] as const) {
    const settled = least(account.debt, event[bucket]);
    takeFrom(account.lots, bucket, settled);
    account.debt -= settled;
    account[bucket] += event[bucket] - settled;
  }
}

/** Promotional credit settles debt first; what is left is a lot of its own. */
export function give(
  account: ModelAccount,
  bucket: "promo" | "earned",
  amount: bigint,
  { source, expiresAtMs }: { source: string; expiresAtMs: number | null },
): void {
  const settled = least(account.debt, amount);
  const left = amount - settled;
  account.debt -= settled;
  account[bucket] += left;
  if (left > 0n) account.lots.push({ bucket, source, left, expiresAtMs: expiresAtMs ?? Number.POSITIVE_INFINITY });
}

/** From its bucket down to zero, what came of the same source first; the rest becomes debt. */
export function take(account: ModelAccount, bucket: "promo" | "earned", amount: bigint, source: string): void {
  const taken = least(account[bucket], amount);
  takeFrom(account.lots, bucket, taken, source);
  account[bucket] -= taken;
  account.debt += amount - taken;
}
