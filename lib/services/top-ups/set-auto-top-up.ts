import { and, eq, isNull, max } from "drizzle-orm";
import { rawOf } from "@/db/client";
import { cards } from "@/db/schema/cards";
import { autoTopUps, topUps } from "@/db/schema/top-ups";
import type { AccountRef } from "@/lib/ledger/wallet";
import { notifyChanged } from "@/lib/live/notify";
import { dollarsExact } from "@/lib/money/format";
import type { Nanos } from "@/lib/money/nanos";
import { isWholeCents } from "@/lib/payments/cents";
import type { Context } from "@/lib/services/context";
import { done, type Result, refused } from "@/lib/services/result";
import { inTransaction } from "@/lib/services/retried";
import { ATTEMPT_EVERY_MS, MONTH_MAX, THRESHOLD_MIN, TOP_UP_MAX, TOP_UP_MIN } from "./rules";

export interface AutoTopUp {
  /** Below so much credit in all it is topped up. */
  threshold: Nanos;
  /** Whether `amount` is what is charged, or what the credit is brought up to. */
  mode: "amount" | "target";
  amount: Nanos;
  /** The most that is charged in a calendar month (UTC). */
  monthMax: Nanos;
  /** Null for the card saved last. */
  cardId: string | null;
}

/**
 * Turns automatic top-up on, as its owner wants it, or on again. An attempt begins no earlier than an hour after the
 * last one. Refuses `invalid` amounts, and an account without a card on file.
 */
export async function setAutoTopUp(ctx: Context, account: AccountRef, wanted: AutoTopUp): Promise<Result<AutoTopUp>> {
  const problem = amountProblem(wanted);
  if (problem) return problem;
  const set = await inTransaction(ctx, async (tx) => {
    const onFile = await tx
      .select({ id: cards.id })
      .from(cards)
      .where(and(eq(cards.lane, account.lane), eq(cards.accountId, account.id), isNull(cards.removedAt)));
    if (onFile.length === 0) return refused("invalid", "Save a card first: it is what is charged.");
    if (wanted.cardId !== null && !onFile.some(({ id }) => id === wanted.cardId)) {
      return refused("invalid", "This card is not on file any more; choose another.", "card");
    }
    const [last] = await tx
      .select({ at: max(topUps.begunAt) })
      .from(topUps)
      .where(and(eq(topUps.lane, account.lane), eq(topUps.accountId, account.id)));
    const now = ctx.clock();
    const nextAt = last?.at ? new Date(Math.max(now.getTime(), last.at.getTime() + ATTEMPT_EVERY_MS)) : now;
    const fresh = { ...wanted, state: "on" as const, failures: 0, reason: null, nextAt, updatedAt: now };
    await tx
      .insert(autoTopUps)
      .values({ lane: account.lane, accountId: account.id, ...fresh })
      .onConflictDoUpdate({ target: [autoTopUps.lane, autoTopUps.accountId], set: fresh });
    return done(wanted);
  });
  if (set.ok) notifyChanged(ctx.db, [account.id]);
  return set;
}

/** Turns it off; an attempt that has begun goes on. */
export async function stopAutoTopUp(ctx: Context, account: AccountRef): Promise<Result<null>> {
  await inTransaction(ctx, async (tx) => {
    await rawOf(tx)`
      update auto_top_ups set state = 'off', reason = null, failures = 0, updated_at = ${ctx.clock().toISOString()}
       where lane = ${account.lane} and account_id = ${account.id}`;
  });
  notifyChanged(ctx.db, [account.id]);
  return done(null);
}

function amountProblem({ threshold, mode, amount, monthMax }: AutoTopUp): ReturnType<typeof refused> | null {
  const between = (path: string, value: Nanos, [least, most]: [Nanos, Nanos]) =>
    value < least || value > most
      ? refused("invalid", `Choose an amount from ${dollarsExact(least)} to ${dollarsExact(most)}.`, path)
      : null;
  const inCents = ([path, value]: [string, Nanos]) =>
    isWholeCents(value) ? null : refused("invalid", "Choose an amount in whole cents.", path);
  const pairs: [string, Nanos][] = [
    ["threshold", threshold],
    ["amount", amount],
    ["monthMax", monthMax],
  ];
  const found =
    pairs.map(inCents).find((each) => each !== null) ??
    between("threshold", threshold, [THRESHOLD_MIN, TOP_UP_MAX]) ??
    between("amount", amount, [TOP_UP_MIN, TOP_UP_MAX]) ??
    between("monthMax", monthMax, [TOP_UP_MIN, MONTH_MAX]);
  if (found) return found;
  if (mode === "target" && amount < threshold + TOP_UP_MIN) {
    const least = dollarsExact((threshold + TOP_UP_MIN) as Nanos);
    return refused("invalid", `Choose at least ${least}: ${dollarsExact(TOP_UP_MIN)} above the threshold.`, "amount");
  }
  if (mode === "amount" && monthMax < amount) {
    return refused("invalid", `Choose at least ${dollarsExact(amount)}: what one top-up takes.`, "monthMax");
  }
  return null;
}
