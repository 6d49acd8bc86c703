import { and, eq, inArray, isNull } from "drizzle-orm";
import { rawOf, type Tx } from "@/db/client";
import { topUps } from "@/db/schema/top-ups";
import { notifyChanged } from "@/lib/live/notify";
import { amountText } from "@/lib/money/format";
import type { Charge } from "@/lib/payments/provider";
import { referenceOf } from "@/lib/payments/references";
import { creditPayment } from "@/lib/services/funds/credit-payment";
import type { PaymentContext } from "@/lib/services/funds/payment-context";
import { notify } from "@/lib/services/notifications/notify";
import { inTransaction } from "@/lib/services/retried";
import { suspend, type TopUp } from "./begin-top-up";
import { FAILURES_MAX, LOOK_EVERY_MS } from "./rules";

/**
 * Writes down what became of a top-up's charge, in whatever order that is learned: what was paid is credited once, and
 * stays paid; a failure counts once. The third in a row suspends.
 */
export async function settleTopUp(ctx: PaymentContext, topUp: TopUp, charge: Charge): Promise<void> {
  const account = { lane: topUp.lane, id: topUp.accountId };
  if (charge.state === "paid") {
    const { paymentId, amount, details } = charge;
    const reference = referenceOf(ctx.payments.name, paymentId);
    const credited = await creditPayment(ctx, { account, reference, amount, details: async () => details });
    if (!credited.ok) throw new Error(`Top-up ${topUp.id} was not credited: ${credited.problem.detail}`);
  }
  await inTransaction(ctx, async (tx) => {
    if (charge.state === "paid") await end(ctx, tx, topUp, { state: "paid", paymentId: charge.paymentId });
    else if (charge.state === "failed") await fail(ctx, tx, topUp, charge);
    else await goOn(ctx, tx, topUp, charge);
  });
  notifyChanged(ctx.db, [account.id]);
}

async function goOn(ctx: PaymentContext, tx: Tx, topUp: TopUp, { state, paymentId }: Charge): Promise<void> {
  if (state !== "waiting" && state !== "asked") return;
  const at = ctx.clock();
  const changed = await tx
    .update(topUps)
    .set({ state, paymentId, claimedUntil: new Date(at.getTime() + LOOK_EVERY_MS) })
    .where(and(eq(topUps.id, topUp.id), isNull(topUps.endedAt)))
    .returning({ id: topUps.id });
  if (changed.length === 0 || state !== "asked") return;
  await notify(tx, {
    account: { lane: topUp.lane, id: topUp.accountId },
    kind: "wallet.top_up_asked",
    cause: `top-up:${topUp.id}:asked`,
    at,
    facts: { amount: amountText(topUp.amount) },
  });
}

interface End {
  state: "paid" | "failed";
  paymentId: string | null;
  reason?: string;
}

/** Ends it, unless it has; what was paid is paid whatever was thought before. @returns whether this call did */
async function close(ctx: PaymentContext, tx: Tx, topUp: TopUp, { state, paymentId, reason }: End): Promise<boolean> {
  const before =
    state === "paid" ? (["begun", "waiting", "asked", "failed"] as const) : (["begun", "waiting", "asked"] as const);
  const closed = await tx
    .update(topUps)
    .set({ state, endedAt: ctx.clock(), reason: reason ?? null, ...(paymentId === null ? {} : { paymentId }) })
    .where(and(eq(topUps.id, topUp.id), inArray(topUps.state, before)))
    .returning({ id: topUps.id });
  return closed.length > 0;
}

async function end(ctx: PaymentContext, tx: Tx, topUp: TopUp, ending: End): Promise<void> {
  // The settings' row first, as in every transaction that touches both.
  await lockSettings(tx, topUp);
  if (!(await close(ctx, tx, topUp, ending))) return;
  await rawOf(tx)`
    update auto_top_ups set failures = 0 where lane = ${topUp.lane} and account_id = ${topUp.accountId}`;
  await notify(tx, {
    account: { lane: topUp.lane, id: topUp.accountId },
    kind: "wallet.topped_up",
    cause: `top-up:${topUp.id}:paid`,
    at: ctx.clock(),
    facts: { amount: amountText(topUp.amount) },
  });
}

async function fail(ctx: PaymentContext, tx: Tx, topUp: TopUp, charge: Charge & { state: "failed" }): Promise<void> {
  await lockSettings(tx, topUp);
  const { paymentId, reason } = charge;
  if (!(await close(ctx, tx, topUp, { state: "failed", paymentId, reason }))) return;
  const account = { lane: topUp.lane, id: topUp.accountId };
  const at = ctx.clock();
  const [settings] = await rawOf(tx)<{ failures: number; state: string }[]>`
    update auto_top_ups set failures = failures + 1 where lane = ${account.lane} and account_id = ${account.id}
    returning failures, state`;
  if (settings?.state === "on" && settings.failures >= FAILURES_MAX) {
    await suspend(tx, { account, at, amount: topUp.amount, reason });
    return;
  }
  await notify(tx, {
    account,
    kind: "wallet.top_up_failed",
    cause: `top-up:${topUp.id}:failed`,
    at,
    facts: { amount: amountText(topUp.amount), reason, suspended: false },
  });
}

const lockSettings = (tx: Tx, { lane, accountId }: TopUp) => rawOf(tx)`
  select from auto_top_ups where lane = ${lane} and account_id = ${accountId} for update`;
